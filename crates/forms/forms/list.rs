built_in![
    "cn.budget.department-accounts/2022",
    "cn.xxgk.annual-report/2019",
    "cn.xxgk.annual-report/2021",
];
