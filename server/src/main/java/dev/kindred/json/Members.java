package dev.kindred.json;

import java.util.Arrays;

/** Walks over the members of an object that is in its canonical form already. */
final class Members {

  private static final byte[] NONE = {'{', '}'};

  final byte[] json;
  int nameFrom;
  int nameTo;
  int valueFrom;
  int valueTo;

  private final JsonScanner in;

  private Members(byte[] json, int from, int to) {
    this.json = json;
    this.in = new JsonScanner(json, from, to);
    in.skip('{');
  }

  static Members of(byte[] json) {
    return new Members(json, 0, json.length);
  }

  static Members none() {
    return of(NONE);
  }

  /** Goes to the next member, if there is one. */
  boolean next() {
    if (in.skipIf('}')) return false;
    in.skipIf(',');
    nameFrom = in.at + 1;
    in.skipString();
    nameTo = in.at - 1;
    in.skip(':');
    valueFrom = in.at;
    in.skipValue();
    valueTo = in.at;
    return true;
  }

  boolean isNull() {
    return json[valueFrom] == 'n';
  }

  boolean isObject() {
    return json[valueFrom] == '{';
  }

  /** The members of the object that is this member's value. */
  Members inside() {
    return new Members(json, valueFrom, valueTo);
  }

  /** Compares the names in the order of the canonical form. */
  int compareName(Members other) {
    byte[] mine = plainName();
    byte[] others = other.plainName();
    if (mine.length != others.length) return Integer.compare(mine.length, others.length);
    return Arrays.compareUnsigned(mine, others);
  }

  private byte[] plainName() {
    if (!JsonText.hasEscape(json, nameFrom, nameTo)) {
      return Arrays.copyOfRange(json, nameFrom, nameTo);
    }
    var plain = new Bytes(nameTo - nameFrom);
    JsonText.unescape(json, nameFrom, nameTo, plain);
    return plain.copy();
  }
}
