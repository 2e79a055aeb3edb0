built_in![
    "cn.xxgk.annual-report/2019",
    "cn.xxgk.annual-report/2021",
];
