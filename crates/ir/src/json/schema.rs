//! The JSON Schema of the canonical JSON.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Value as Json, json};

use crate::{
    Block, CellStyle, Column, Document, Inline, NumberFormat, Origin, RowSetting, Table, Value,
};

use super::VERSION;

/// The JSON Schema (draft 2020-12) of a document, made from the types of the model.
pub fn schema() -> Json {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Document>();
    if let Some(properties) = schema.get_mut("properties").and_then(Json::as_object_mut) {
        let about = "The kind of the file and the version of its form.";
        properties.insert(
            "tabulary".into(),
            json!({"const": VERSION, "description": about}),
        );
    }
    if let Some(required) = schema.get_mut("required").and_then(Json::as_array_mut) {
        required.push("tabulary".into());
    }
    schema.to_value()
}

/// A table as it stands in JSON.
#[derive(JsonSchema)]
#[expect(
    dead_code,
    reason = "the type only describes what the Serialize implementation of Table writes"
)]
struct TableObject {
    /// The line above or below it.
    #[schemars(skip_serializing_if = "Option::is_none")]
    caption: Option<Vec<Inline>>,
    /// Its cells by the square where they start, row by row. A square that no cell covers is blank.
    cells: Vec<CellObject>,
    /// Its columns, from left to right.
    columns: Vec<Column>,
    /// How many columns at the left say what their row is.
    #[schemars(skip_serializing_if = "Option::is_none")]
    header_columns: Option<u32>,
    /// How many rows at the top say what their column is.
    #[schemars(skip_serializing_if = "Option::is_none")]
    header_rows: Option<u32>,
    /// The name that formulas of its workbook know it by.
    #[schemars(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// Where it stood.
    #[schemars(skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
    /// The rows of which something is said beside their cells, from top to bottom.
    #[schemars(skip_serializing_if = "Option::is_none")]
    row_settings: Option<Vec<RowSetting>>,
    /// How many rows it has.
    rows: u32,
    /// Whether its first column stands at the right.
    #[schemars(skip_serializing_if = "Option::is_none")]
    rtl: Option<bool>,
}

/// A cell as it stands in JSON. A cell without text and blocks is blank.
#[derive(JsonSchema)]
#[expect(
    dead_code,
    reason = "the type only describes what the Serialize implementation of Table writes"
)]
struct CellObject {
    /// What it shows, where that is more than plain text.
    #[schemars(skip_serializing_if = "Option::is_none")]
    blocks: Option<Vec<Block>>,
    /// The column where it starts, from 0.
    col: u32,
    /// How many columns it takes; 1 where it is not said.
    #[schemars(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 2))]
    col_span: Option<u32>,
    /// Whether the value was worked out from the formula on reading, since the source had none.
    #[schemars(skip_serializing_if = "Option::is_none")]
    computed: Option<bool>,
    /// How the value is shown, as a number format code (ECMA-376 18.8.30).
    #[schemars(skip_serializing_if = "Option::is_none")]
    format: Option<NumberFormat>,
    /// The formula that gave the value, without an equals sign.
    #[schemars(skip_serializing_if = "Option::is_none")]
    formula: Option<String>,
    /// Where it stood, where that does not follow from the place of its table.
    #[schemars(skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
    /// The row where it starts, from 0.
    row: u32,
    /// How many rows it takes; 1 where it is not said.
    #[schemars(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 2))]
    row_span: Option<u32>,
    /// How it is set.
    #[schemars(skip_serializing_if = "Option::is_none")]
    style: Option<CellStyle>,
    /// What it shows, as plain text; line feeds are line ends.
    #[schemars(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The typed value; none for text.
    #[schemars(skip_serializing_if = "Option::is_none")]
    value: Option<Value>,
}

impl JsonSchema for Table {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Table".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        TableObject::json_schema(generator)
    }
}
