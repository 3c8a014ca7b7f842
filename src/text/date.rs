//! Calendar days. All days are UTC days; there is no time of day in the language.

use std::fmt;

use jiff::civil;

/// A calendar day from 0000-01-01 to 9999-12-31, ordered by time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// Why a text is not a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It is not written `YYYY-MM-DD`.
    Form,
    /// It is written like a day, but the calendar has no such day.
    Calendar,
}

impl Date {
    /// The day of a year, month and day of month, if the calendar has it.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        (0..=9999).contains(&year).then(|| civil::Date::new(year, month, day).ok().map(Self)).flatten()
    }

    /// Reads `YYYY-MM-DD` and nothing else (no week dates, no signs, no time).
    ///
    /// # Errors
    /// [`DateError::Form`] where the text has another form, [`DateError::Calendar`] for days such as `2026-02-30`.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let bytes = text.as_bytes();
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return Err(DateError::Form) };
        let mut values = [0i16; 3];
        for (value, digits) in values.iter_mut().zip([&[y1, y2, y3, y4][..], &[m1, m2], &[d1, d2]]) {
            for digit in digits {
                if !digit.is_ascii_digit() {
                    return Err(DateError::Form);
                }
                *value = *value * 10 + i16::from(digit - b'0');
            }
        }
        let [year, month, day] = values;
        // Two digits always fit an i8.
        let (month, day) = (i8::try_from(month).unwrap_or(0), i8::try_from(day).unwrap_or(0));
        Self::new(year, month, day).ok_or(DateError::Calendar)
    }

    /// The day `days` later (earlier where negative), or the calendar's last (first) day if that lies beyond it.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days.clamp(-3_660_000, 3_660_000))))
    }

    /// The same day of the month `months` later, or that month's last day if it has no such day; at most the calendar's last day.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().months(months.clamp(0, 119_988))))
    }

    /// How many days later `other` is; negative where it is earlier.
    pub fn days_until(self, other: Self) -> i32 {
        self.0.until(other.0).map_or(0, |span| span.get_days())
    }

    /// Year, month and day of month.
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
}

impl From<civil::Date> for Date {
    fn from(date: civil::Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_in_iso_form_are_read() {
        assert_eq!(Date::parse("2028-02-29").map(|d| d.to_string()), Ok("2028-02-29".to_owned()));
        for text in ["2026-02-30", "2026-13-01", "2026-00-10", "2027-02-29"] {
            assert_eq!(Date::parse(text), Err(DateError::Calendar), "{text}");
        }
        for text in ["2026-1-01", "26-01-01", "2026-01-01x", "+2026-01-1", "2026/01/01", ""] {
            assert_eq!(Date::parse(text), Err(DateError::Form), "{text}");
        }
    }

    #[test]
    fn days_are_ordered_by_time_and_arithmetic_stays_in_the_calendar() {
        let day = |text| Date::parse(text).unwrap();
        assert!(day("2026-12-31") < day("2027-01-01"));
        assert_eq!(day("2026-12-31").plus_days(1), day("2027-01-01"));
        assert_eq!(day("2028-03-01").plus_days(-1), day("2028-02-29"));
        assert_eq!(day("9999-12-31").plus_days(i32::MAX), day("9999-12-31"));
        assert_eq!(day("2026-12-01").days_until(day("2028-01-01")), 396);
        assert_eq!(day("2026-12-01").days_until(day("2026-11-30")), -1);
        assert_eq!(day("0000-01-01").days_until(day("9999-12-31")), 3_652_424);
    }
}
