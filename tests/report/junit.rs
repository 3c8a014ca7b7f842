//! JUnit, read back by a reader that others wrote.

use std::time::Duration;

use admit::report::junit::{Case, Junit, Totals, Verdict};
use insta::assert_snapshot;
use quick_junit::{Report, TestCaseStatus};

const PASSED: Case<'static> = Case {
    name: "contractors never record",
    class: "policies/tests.admit",
    file: Some("policies/tests.admit"),
    line: Some(3),
    time: Some(Duration::from_micros(1_500)),
    result: Verdict::Passed,
    output: "",
};

fn written(cases: &[Case<'_>]) -> String {
    let mut totals = Totals::default();
    cases.iter().for_each(|case| totals.count(case));
    let mut out = Vec::new();
    let mut junit = Junit::start(&mut out, "admit test", totals).unwrap();
    junit.suite("policies/tests.admit", totals).unwrap();
    cases.iter().for_each(|case| junit.case(case).unwrap());
    junit.end_suite().unwrap();
    junit.end().unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_report_has_totals_and_says_why() {
    let failed = Verdict::Failed {
        kind: "witness",
        message: "kim@x.example may install evil",
        text: "  ✓ approved\n  by `a`",
    };
    let cases = [
        PASSED,
        Case { name: "nobody <else>", result: failed, ..PASSED },
        Case {
            result: Verdict::Skipped { message: "SEC-1: known" },
            time: None,
            output: "one\ntwo",
            ..PASSED
        },
    ];
    assert_snapshot!(written(&cases), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="admit test" tests="3" failures="1" errors="0" skipped="1" time="0.003">
      <testsuite name="policies/tests.admit" tests="3" failures="1" errors="0" skipped="1" time="0.003">
        <testcase name="contractors never record" classname="policies/tests.admit" file="policies/tests.admit" line="3" time="0.002"/>
        <testcase name="nobody &lt;else&gt;" classname="policies/tests.admit" file="policies/tests.admit" line="3" time="0.002">
          <failure type="witness" message="kim@x.example may install evil">  ✓ approved
      by `a`</failure>
        </testcase>
        <testcase name="contractors never record" classname="policies/tests.admit" file="policies/tests.admit" line="3">
          <skipped message="SEC-1: known"/>
          <system-out>one
    two</system-out>
        </testcase>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn every_text_arrives_as_it_was() {
    let texts = ["a & b < c > \"d\" 'e'", "ünï 日本 😀", "]]> <!-- -->", "&amp; &#10;", "", "line\nbreak"];
    // (This reader drops tabs.)
    for text in texts {
        let result = Verdict::Failed { kind: text, message: text, text };
        let report = written(&[Case { name: text, class: text, result, ..PASSED }]);
        let read = Report::deserialize_from_str(&report).unwrap_or_else(|error| panic!("{error}\n{report}"));
        let case = &read.test_suites[0].test_cases[0];
        assert_eq!((case.name.as_str(), case.classname.as_ref().unwrap().as_str()), (text, text));
        let TestCaseStatus::NonSuccess { message, ty, description, .. } = &case.status else {
            panic!("{report}")
        };
        assert_eq!((message.as_deref(), ty.as_deref()), (Some(text), Some(text)));
        assert_eq!(description.as_deref().unwrap_or_default(), text);
    }
}

#[test]
fn what_xml_cannot_say_does_not_break_it() {
    let text = "\u{0}\u{1b}[31m\u{fffe}\u{ffff}\u{b}";
    let report = written(&[Case { name: text, output: text, ..PASSED }]);
    let read = Report::deserialize_from_str(&report).unwrap();
    assert_eq!(read.test_suites[0].test_cases[0].name.as_str(), "��[31m���");
}
