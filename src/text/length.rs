//! Lengths of time: `30d`, `6w`, `3m`, `1y`.

use std::fmt;

use super::Date;

/// A length of time in calendar units: `30d`, `6w`, `3m` or `1y`, at most 9999 of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Length {
    count: u16,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Length {
    /// How a length is written, for messages.
    pub const FORM: &'static str =
        "a number of days, weeks, months or years such as `30d`, `6w`, `3m` or `1y`";

    /// So many days.
    pub const fn days(count: u16) -> Self {
        Self { count, unit: Unit::Day }
    }

    /// So many years.
    pub const fn years(count: u16) -> Self {
        Self { count, unit: Unit::Year }
    }

    /// Reads `30d`, `6w`, `3m` or `1y`; `None`: it has another form.
    pub fn parse(text: &str) -> Option<Self> {
        let unit = match text.bytes().last()?.to_ascii_lowercase() {
            b'd' => Unit::Day,
            b'w' => Unit::Week,
            b'm' => Unit::Month,
            b'y' => Unit::Year,
            _ => return None,
        };
        let digits = text.get(..text.len() - 1)?;
        let written = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        let count = digits.parse().ok().filter(|_| written)?;
        Some(Self { count, unit })
    }

    /// The day this much later. The last day of a shorter month stands for days it does not have.
    pub fn after(self, day: Date) -> Date {
        let count = i32::from(self.count);
        match self.unit {
            Unit::Day => day.plus_days(count),
            Unit::Week => day.plus_days(count * 7),
            Unit::Month => day.plus_months(count),
            Unit::Year => day.plus_months(count * 12),
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {unit}{plural}", self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(length: &str, day: &str) -> String {
        Length::parse(length).unwrap().after(Date::parse(day).unwrap()).to_string()
    }

    #[test]
    fn lengths_follow_the_calendar() {
        assert_eq!(after("30d", "2026-12-01"), "2026-12-31");
        assert_eq!(after("2w", "2026-12-01"), "2026-12-15");
        assert_eq!(after("1m", "2027-01-31"), "2027-02-28");
        assert_eq!(after("1y", "2028-02-29"), "2029-02-28");
        assert_eq!(after("0d", "2026-12-01"), "2026-12-01");
        assert_eq!(after("9999y", "2026-12-01"), "9999-12-31");
        assert_eq!(Length::parse("1y").unwrap().to_string(), "1 year");
        assert_eq!(Length::parse("90D").unwrap().to_string(), "90 days");
    }

    #[test]
    fn nothing_else_is_a_length() {
        for text in ["", "d", "30", "-3d", "+3d", "3.5d", "30 d", "12345d", "3q", "30ä", "ä"] {
            assert_eq!(Length::parse(text), None, "{text}");
        }
    }
}
