//! Reads JSON into a tree of enums `n` times, edits it, writes it back: `Option`, `Vec`, `String` and recursion.

use std::fmt::Write;

enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<u8> {
        while matches!(self.bytes.get(self.at)?, b' ' | b'\n') {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    fn eat(&mut self, expected: u8) -> Option<()> {
        (self.peek()? == expected).then(|| self.at += 1)
    }

    fn text(&mut self) -> Option<String> {
        self.eat(b'"')?;
        let mut text = Vec::new();
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'"' => return String::from_utf8(text).ok(),
                b'\\' => {
                    text.push(*self.bytes.get(self.at)?);
                    self.at += 1;
                }
                _ => text.push(byte),
            }
        }
    }

    fn members<T>(&mut self, close: u8, member: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.at += 1;
        let mut members = Vec::new();
        while self.peek()? != close {
            members.push(member(self)?);
            if self.peek()? == b',' {
                self.at += 1;
            }
        }
        self.at += 1;
        Some(members)
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        self.bytes[self.at..].starts_with(word.as_bytes()).then(|| self.at += word.len())?;
        Some(value)
    }

    fn value(&mut self) -> Option<Value> {
        match self.peek()? {
            b'{' => self
                .members(b'}', |r| {
                    let key = r.text()?;
                    r.eat(b':')?;
                    Some((key, r.value()?))
                })
                .map(Value::Object),
            b'[' => self.members(b']', Self::value).map(Value::List),
            b'"' => self.text().map(Value::Text),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            _ => {
                let start = self.at;
                while matches!(self.bytes.get(self.at), Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e')) {
                    self.at += 1;
                }
                std::str::from_utf8(&self.bytes[start..self.at]).ok()?.parse().ok().map(Value::Number)
            }
        }
    }
}

fn edit(value: &mut Value) {
    match value {
        Value::Null => *value = Value::Bool(true),
        Value::Bool(b) => *b = !*b,
        Value::Number(x) => *x *= 1.5,
        Value::Text(t) => t.push('!'),
        Value::List(items) => items.iter_mut().rev().for_each(edit),
        Value::Object(members) => members.iter_mut().for_each(|(_, v)| edit(v)),
    }
}

fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(b) => write!(out, "{}", b).unwrap(),
        Value::Number(x) => write!(out, "{}", x).unwrap(),
        Value::Text(t) => write!(out, "{:?}", t).unwrap(),
        Value::List(items) => {
            out.push('[');
            for item in items {
                write_value(out, item);
                out.push(',');
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (key, member) in members {
                write!(out, "{:?}:", key).unwrap();
                write_value(out, member);
                out.push(',');
            }
            out.push('}');
        }
    }
}

#[no_mangle]
pub extern "C" fn run(n: u32) -> u32 {
    let record = r#"{"pid": 4711, "name": "coördinator \"one\"", "load": [0.5, 12.25, -3e2], "parent": null, "ok": false}"#;
    let document = format!("[{}]", vec![record; 200].join(", "));
    let mut checksum = 0u32;
    for _ in 0..n {
        let mut reader = Reader { bytes: document.as_bytes(), at: 0 };
        let mut tree = reader.value().expect("the document is well-formed");
        edit(&mut tree);
        let mut out = String::new();
        write_value(&mut out, &tree);
        checksum = out.bytes().fold(checksum, |sum, b| (sum ^ u32::from(b)).wrapping_mul(16_777_619));
    }
    checksum
}
