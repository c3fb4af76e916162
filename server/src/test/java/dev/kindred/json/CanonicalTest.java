package dev.kindred.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.KindredException.Detail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTest {

  private static String canonical(String json) {
    return Json.object(json, Limits.ATTRIBUTES).toString();
  }

  private static void assertRefused(String json, String pointer, String message) {
    assertThatThrownBy(() -> Json.object(json, Limits.ATTRIBUTES))
        .isInstanceOfSatisfying(
            InvalidRequest.class,
            refused -> {
              Detail detail = refused.details().getFirst();
              assertThat(detail.pointer()).isEqualTo(pointer);
              assertThat(detail.message()).contains(message);
            });
  }

  @Test
  void members_are_ordered_by_the_length_of_their_names_and_then_by_their_bytes() {
    assertThat(canonical(" { \"bb\" : 1 , \"a\":[ ] , \"ab\":{\"z\":{},\"y\":null} , \"ä\":true }"))
        .isEqualTo("{\"a\":[],\"ab\":{\"y\":null,\"z\":{}},\"bb\":1,\"ä\":true}");
    assertThat(canonical("{\"\\n\":1,\"b\":2,\"\\\"\":3}"))
        .isEqualTo("{\"\\n\":1,\"\\\"\":3,\"b\":2}");
    assertThat(canonical("{}")).isEqualTo("{}");
    assertThat(Json.object(" {} ", Limits.ATTRIBUTES)).isSameAs(JsonObject.EMPTY);
  }

  @ParameterizedTest
  @CsvSource({
    "99,99",
    "99.0,99.0",
    "1.50,1.50",
    "-1.50,-1.50",
    "-0,0",
    "-0.0,0.0",
    "0,0",
    "0.000,0.000",
    "1e2,100",
    "1E+2,100",
    "1.5e1,15",
    "1.50e1,15.0",
    "1.5e-3,0.0015",
    "0e5,0",
    "0e-3,0.000",
    "0.00e1,0.0",
    "-0e-2,0.00",
    "0.001e2,0.1",
    "0.001e3,1",
    "0.0010e3,1.0",
    "0.05e5,5000",
    "12.5e0,12.5",
    "100e-2,1.00",
    "-100e-2,-1.00",
    "-1e-1,-0.1",
    "12345678901234567890.123,12345678901234567890.123"
  })
  void numbers_are_kept_as_sent_with_their_exponents_multiplied_out(String sent, String kept) {
    assertThat(canonical("{\"n\":" + sent + "}")).isEqualTo("{\"n\":" + kept + "}");
  }

  @Test
  void the_largest_and_the_smallest_double_can_be_kept() {
    for (double value : new double[] {Double.MAX_VALUE, Double.MIN_VALUE, Double.MIN_NORMAL}) {
      String kept = canonical("{\"n\":" + value + "}");
      assertThat(Double.parseDouble(kept.substring(5, kept.length() - 1))).isEqualTo(value);
    }
  }

  @Test
  void strings_keep_only_the_escapes_that_they_need() {
    assertThat(
            canonical(
                "{\"s\":\"\\u0041\\/\\u00e9\\ud83d\\ude00\\u000a\\u001F\\u0022\\u005c\u007f\"}"))
        .isEqualTo("{\"s\":\"A/é😀\\n\\u001f\\\"\\\\\u007f\"}");
  }

  @Test
  void what_must_not_be_kept_is_refused_where_it_stands() {
    assertRefused("{\"a\":{\"b\":[1,1e400]}}", "/a/b/1", "got 1e400");
    assertRefused("{\"a\":{\"b\":[1,1e99999999999]}}", "/a/b/1", "got 1e99999999999");
    assertRefused("{\"a\":" + "1".repeat(401) + "}", "/a", "at most 400 digits");
    assertRefused("{\"a\":" + "9".repeat(309) + "}", "/a", "finite");
    assertRefused("{\"x\":1,\"a/b\":\"\\ud83d\"}", "/a~1b", "half of a surrogate pair");
    assertRefused("{\"a\":\"x\\u0000\"}", "/a", "U+0000");
    assertRefused("{\"x\":{\"\\u0000\":1}}", "/x/\\u0000", "U+0000");
    assertRefused("{\"x\":{\"a\":1,\"b\":2,\"\\u0061\":3}}", "/x/a", "is there twice");
    assertRefused("{\"x\":{\"\":1}}", "/x/", "must not be empty");
    assertRefused("[]", "", "must be an object, got an array");
  }

  @Test
  void each_limit_holds_on_both_sides() {
    assertThat(canonical("{\"a\":{\"b\":[{\"c\":1}]}}")).isEqualTo("{\"a\":{\"b\":[{\"c\":1}]}}");
    assertRefused("{\"a\":{\"b\":[{\"c\":[]}]}}", "/a/b/0/c", "at most 3 levels deep");

    assertThat(canonical("{\"" + "é".repeat(255) + "\":1}")).hasSize(261);
    assertRefused("{\"" + "é".repeat(256) + "\":1}", "/" + "é".repeat(255), "at most 255");

    assertThat(canonical("{\"a\":\"" + "😀".repeat(10_000) + "\"}")).hasSize(20_008);
    assertRefused(
        "{\"a\":\"" + "😀".repeat(10_001) + "\"}", "/a", "at most 10000 characters, got 10001");
    assertRefused(
        "{\"a\":\"\\n" + "x".repeat(10_000) + "\"}", "/a", "at most 10000 characters, got 10001");

    assertThat(canonical("{\"a\":[1" + ",1".repeat(999) + "]}")).hasSize(2_007);
    assertRefused("{\"a\":[1" + ",1".repeat(1_000) + "]}", "/a/1000", "at most 1000 elements");

    String text = "\"" + "x".repeat(9_997) + "\"";
    String most = "{\"a\":[" + (text + ",").repeat(6) + "\"" + "x".repeat(5_526) + "\"]}";
    assertThat(most.length()).isEqualTo(64 << 10);
    assertThat(canonical(most + "  ").equals(most)).isTrue();
    assertRefused(most.replace("]}", "],\"b\":0}"), "/b", "at most 65536 bytes");
    assertRefused(most.replace("]}", " x\"]}").replace("\" x", "x"), "", "at most 65536 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':'b'} | {'a':'c'} | {'a':'c'}",
        "{'a':'b'} | {'b':'c'} | {'a':'b','b':'c'}",
        "{'a':'b'} | {'a':null} | {}",
        "{'a':'b','b':'c'} | {'a':null} | {'b':'c'}",
        "{'a':['b']} | {'a':'c'} | {'a':'c'}",
        "{'a':'c'} | {'a':['b']} | {'a':['b']}",
        "{'a':{'b':'c'}} | {'a':{'b':'d','c':null}} | {'a':{'b':'d'}}",
        "{'a':[{'b':'c'}]} | {'a':[1]} | {'a':[1]}",
        "{'e':null} | {'a':1} | {'a':1,'e':null}",
        "{} | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}",
        "{'a':1,'bb':2,'ccc':3} | {'b':1,'aa':2,'ccc':{'x':null,'y':1}} | {'a':1,'b':1,'aa':2,'bb':2,'ccc':{'y':1}}"
      })
  void a_merge_patch_does_what_its_standard_says(String target, String patch, String merged) {
    JsonObject result =
        Json.merge(
            Json.object(target.replace('\'', '"'), Limits.ATTRIBUTES),
            Json.object(patch.replace('\'', '"'), Limits.ATTRIBUTES),
            Limits.ATTRIBUTES);
    assertThat(result).hasToString(merged.replace('\'', '"'));
  }
}
