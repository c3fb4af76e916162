package dev.kindred.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.KindredException.Detail;
import dev.kindred.domain.MalformedRequest;
import dev.kindred.domain.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  private static JsonReader reader(String json) {
    return JsonReader.of(json.getBytes(UTF_8));
  }

  /** A reader that stands at the value of the only member of an object, at {@code /a}. */
  private static JsonReader at(String value) {
    JsonReader reader = reader("{\"a\":" + value + "}");
    assertThat(reader.object().next()).isTrue();
    return reader;
  }

  private static void assertRefused(Runnable reading, String pointer, String message) {
    assertThatThrownBy(reading::run)
        .isInstanceOfSatisfying(
            InvalidRequest.class,
            refused -> {
              assertThat(refused.details()).hasSize(1);
              Detail detail = refused.details().getFirst();
              assertThat(detail.pointer()).isEqualTo(pointer);
              assertThat(detail.message()).contains(message);
            });
  }

  @Test
  void fields_come_in_their_order_with_values_of_their_types() {
    JsonReader reader =
        reader(
            """
            {"user_id": "ann", "n": -12, "x": 1.5e1, "yes": true, "no": false,
             "at": "2026-01-02T03:04:05.678901Z", "tags": ["a", "b"], "nested": {"deep": 1}}
            """);
    var seen = new ArrayList<Object>();
    var fields = reader.object();
    while (fields.next()) {
      seen.add(
          switch (fields.name()) {
            case "user_id" -> reader.id(UserId::new);
            case "n" -> reader.integer(-20, 20);
            case "x" -> reader.number(0, 100);
            case "yes", "no" -> reader.bool();
            case "at" -> reader.time();
            case "tags" -> reader.strings(2);
            default -> reader.object(Limits.METADATA);
          });
    }
    assertThat(seen)
        .containsExactly(
            new UserId("ann"),
            -12L,
            15.0,
            true,
            false,
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            List.of("a", "b"),
            Json.object("{\"deep\":1}", Limits.METADATA));
  }

  @Test
  void unknown_fields_are_noted_and_skipped_and_null_is_absence() {
    JsonReader reader = reader("{\"x\":[1,{\"y\":[]}],\"a\":null,\"b\":{\"c/d~\":{}},\"e\":1}");
    var names = new ArrayList<String>();
    var fields = reader.object();
    while (fields.next()) {
      names.add(fields.name());
      if (fields.name().equals("b")) {
        var inner = reader.object();
        while (inner.next()) inner.unknown();
      } else {
        fields.unknown();
      }
    }
    assertThat(names).containsExactly("x", "b", "e");
    assertThat(reader.unknownFields()).containsExactly("/x", "/b/c~1d~0", "/e");
  }

  @Test
  void null_is_seen_where_it_means_something() {
    JsonReader reader = reader("{\"until\":null}");
    var fields = reader.objectWithNulls();
    assertThat(fields.next()).isTrue();
    assertThat(reader.kind()).isEqualTo(JsonReader.Kind.NULL);
    assertThat(fields.next()).isFalse();
  }

  @Test
  void a_missing_field_is_named_with_its_place() {
    JsonReader reader = reader("{\"list\":[{}, {\"id\":1}]}");
    reader.object().next();
    var elements = reader.array();
    elements.next();
    var fields = reader.object();
    @Nullable String id = null;
    while (fields.next()) id = reader.id();
    @Nullable String missing = id;
    assertRefused(() -> fields.require("id", missing), "/list/0/id", "id is required");
  }

  @Test
  void one_bad_element_does_not_spoil_the_others() {
    JsonReader reader =
        reader(
            """
            {"entities": [
              {"id": "a"}, 7, {"id": {"x": [1, 2]}}, {"id": "b", "id": "c"}, {"more": {"id": "no"}},
              {"id": "d\\u0000"}, {"id": "e"}, null, [[[["deep"]]]], {"id": "f"}
            ], "last": 1}
            """);
    var good = new ArrayList<String>();
    var bad = new ArrayList<String>();
    var fields = reader.object();
    while (fields.next()) {
      if (!fields.name().equals("entities")) continue;
      var elements = reader.array();
      while (elements.next()) {
        try {
          @Nullable String id = null;
          var entity = reader.object();
          while (entity.next()) if (entity.name().equals("id")) id = reader.id();
          good.add(entity.require("id", id));
        } catch (InvalidRequest refused) {
          bad.add(elements.index() + " " + refused.details().getFirst().pointer());
        }
      }
    }
    assertThat(good).containsExactly("a", "e", "f");
    assertThat(bad)
        .containsExactly(
            "1 /entities/1",
            "2 /entities/2/id",
            "3 /entities/3/id",
            "4 /entities/4/id",
            "5 /entities/5/id",
            "7 /entities/7",
            "8 /entities/8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[",
        "[}",
        "{]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "[1,]",
        "[1 2]",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "{'a':1}",
        "nul",
        "tru",
        "NaN",
        "Infinity",
        "-Infinity",
        "-",
        "+1",
        "01",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x10",
        "1_0",
        "\"",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\n\"",
        "\"\t\"",
        "{\"a\":1}}",
        "[] []",
        "1 1",
        "// x\n1",
        "/* x */ 1",
        "\u00a01",
        "\ufeff1",
        "tRUE",
        "[\"a\"\u0000]"
      })
  void what_is_not_json_is_malformed(String json) {
    JsonReader reader = reader(json);
    assertThatThrownBy(
            () -> {
              reader.skip();
              reader.end();
            })
        .isInstanceOfSatisfying(
            MalformedRequest.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.BAD_REQUEST);
              assertThat(refused.sentence()).startsWith("not valid JSON at ");
            });
  }

  @Test
  void malformed_text_is_shown_with_its_place() {
    assertThatThrownBy(() -> reader("{\"a\": 1,\n \"ä\": x}").skip())
        .hasMessage("not valid JSON at line 2, column 7: expected a value, got 'x'");
  }

  @Test
  void every_byte_sequence_that_is_not_utf_8_is_malformed() {
    byte[][] wrong = {
      {(byte) 0x80},
      {(byte) 0xbf},
      {(byte) 0xc0, (byte) 0xaf},
      {(byte) 0xc1, (byte) 0xbf},
      {(byte) 0xc3},
      {(byte) 0xe0, (byte) 0x9f, (byte) 0xbf},
      {(byte) 0xe2, (byte) 0x82},
      {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
      {(byte) 0xf0, (byte) 0x8f, (byte) 0xbf, (byte) 0xbf},
      {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
      {(byte) 0xf5, 0, 0, 0},
      {(byte) 0xff}
    };
    for (byte[] bytes : wrong) {
      byte[] json = new byte[bytes.length + 2];
      json[0] = '"';
      System.arraycopy(bytes, 0, json, 1, bytes.length);
      json[bytes.length + 1] = '"';
      assertThatThrownBy(() -> JsonReader.of(json).skip())
          .isInstanceOf(MalformedRequest.class)
          .hasMessageContaining("not valid UTF-8");
    }
  }

  @Test
  void text_of_any_depth_can_be_skipped() {
    int depth = 1_000_000;
    String json = "{\"a\":" + "[{\"b\":".repeat(depth) + "1" + "}]".repeat(depth) + "}";
    var fields = reader(json).object();
    assertThat(fields.next()).isTrue();
    assertThat(fields.next()).isFalse();
  }

  @Test
  void wrong_kinds_are_named_with_what_would_be_right() {
    assertRefused(() -> at("1").string(), "/a", "must be a string, got a number");
    assertRefused(() -> at("[]").id(), "/a", "must be a string or a number, got an array");
    assertRefused(() -> at("\"1\"").number(), "/a", "must be a number, got a string");
    assertRefused(() -> at("\"true\"").bool(), "/a", "must be true or false, got a string");
    assertRefused(() -> at("{}").array(), "/a", "must be an array, got an object");
    assertRefused(() -> at("[]").object(), "/a", "must be an object, got an array");
    assertRefused(() -> at("true").object(Limits.METADATA), "/a", "got true or false");
    assertRefused(() -> at("{}").time(), "/a", "must be a time as a string or a number");
  }

  @Test
  void values_that_make_no_sense_are_refused_where_they_stand() {
    assertRefused(() -> at("\"\\ud800\"").string(), "/a", "half of a surrogate pair, \\ud800");
    assertRefused(() -> at("\"\\udc00\\ud800\"").string(), "/a", "half of a surrogate pair");
    assertRefused(() -> at("\"a\\u0000\"").string(), "/a", "U+0000");
    assertRefused(() -> at("\"\"").id(UserId::new), "/a", "must not be empty");
    assertRefused(() -> at("1e400").number(), "/a", "must be finite, got 1e400");
    assertRefused(() -> at("101").number(-100, 100), "/a", "between -100 and 100, got 101");
    assertRefused(() -> at("1.5").integer(1, 2), "/a", "must be a whole number, got 1.5");
    assertRefused(() -> at("3").integer(1, 2), "/a", "must be between 1 and 2, got 3");
    assertRefused(() -> at("1e300").integer(1, 2), "/a", "whole number");
    assertRefused(() -> at("1" + "0".repeat(400)).number(), "/a", "at most 400 digits");
    assertRefused(() -> at("[1,2,3]").ids(2, UserId::new), "/a", "at most 2 elements");
    assertRefused(() -> at("[1,{}]").ids(2, UserId::new), "/a/1", "a string or a number");
    assertRefused(() -> at("[1,1e39]").floats(2), "/a/1", "32-bit floating point, got 1e39");
    assertRefused(() -> at("[1,2]").floats(3), "/a", "must hold 3 numbers, got 2");
    assertRefused(() -> at("[1,2,3,4]").floats(3), "/a", "must hold 3 numbers, got 4");
    assertRefused(
        () -> reader("{\"a\":1,\"\\u0061\":2}").object().require("b", null), "/b", "b is");
  }

  @Test
  void whole_numbers_are_exact_up_to_64_bits() {
    assertThat(at("9223372036854775807").integer(0, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    assertThat(at("9007199254740993").integer(0, Long.MAX_VALUE)).isEqualTo(9007199254740993L);
    assertThat(at("-0").integer(0, 1)).isZero();
    assertThat(at("2.0").integer(0, 2)).isEqualTo(2);
    assertThat(at("2e0").integer(0, 2)).isEqualTo(2);
  }

  @Test
  void ids_may_be_numbers_and_are_kept_as_decimal_strings() {
    assertThat(at("42").id()).isEqualTo("42");
    assertThat(at("12345678901234567890").id()).isEqualTo("12345678901234567890");
    assertThat(at("1e3").id()).isEqualTo("1000");
    assertThat(at("\"x/y%:\\ud83d\\ude00\"").id()).isEqualTo("x/y%:😀");
  }

  @Test
  void lines_of_a_stream_are_read_one_by_one() throws Exception {
    String text =
        "{\"a\":1}\n\n  \r\n[broken\n" + " ".repeat(40) + "\n\"" + "x".repeat(50) + "\"\n2";
    for (int chunk = 1; chunk < 40; chunk++) {
      int size = chunk;
      var source =
          new java.io.ByteArrayInputStream(text.getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
              return super.read(target, offset, Math.min(length, size));
            }
          };
      var lines = new JsonLines(source, 20);
      var seen = new ArrayList<String>();
      while (lines.next()) {
        String what;
        try {
          var reader = lines.reader();
          what = reader.kind().name();
          reader.skip();
          reader.end();
        } catch (MalformedRequest | InvalidRequest refused) {
          what = refused.code().name();
        }
        seen.add(lines.index() + ":" + lines.number() + " " + what);
      }
      assertThat(seen)
          .containsExactly(
              "0:1 OBJECT",
              "1:4 BAD_REQUEST",
              "2:5 VALIDATION_ERROR",
              "3:6 VALIDATION_ERROR",
              "4:7 NUMBER");
    }
  }
}
