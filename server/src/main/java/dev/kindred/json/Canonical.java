package dev.kindred.json;

import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.JsonObject;
import java.util.Arrays;

/**
 * Writes a JSON object in its canonical form (see {@link JsonObject}) while reading it once.
 *
 * <p>Members are written in the order in which they come; an object whose members were not in order
 * is put in order when it is complete. The order is that of PostgreSQL's jsonb, by the length of
 * the names in bytes and then by the bytes, so that what a jsonb column gives back differs in white
 * space only.
 */
final class Canonical {

  private final JsonScanner in;
  private final Limits limits;
  private final Bytes out;

  /** The names, as they are meant, of the members of all objects that are open. */
  private final Bytes names = new Bytes(64);

  /** Those members, {@link #FIELDS} numbers each; innermost object last, each object in order. */
  private int[] members = new int[64];

  private int memberCount;

  private static final int NAME_FROM = 0;
  private static final int NAME_TO = 1;
  private static final int FROM = 2;
  private static final int TO = 3;
  private static final int FIELDS = 4;

  private Canonical(JsonScanner in, Limits limits) {
    this.in = in;
    this.limits = limits;
    this.out = new Bytes(Math.min(in.end - in.at, limits.bytes()) + 16);
  }

  /**
   * Reads the object at which the scanner stands. Where it is refused, the scanner stands inside or
   * right behind what was refused.
   */
  static JsonObject object(JsonScanner in, Limits limits) {
    var canonical = new Canonical(in, limits);
    canonical.object(0);
    canonical.requireFewBytes();
    return JsonObject.ofCanonical(canonical.out.copy());
  }

  private void value(int depth) {
    byte first = in.peek();
    int from = in.at;
    switch (first) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> {
        in.skipString();
        text(from + 1, in.at - 1);
      }
      case 't', 'f', 'n' -> {
        in.skipValue();
        out.add(in.json, from, in.at);
      }
      default -> {
        in.skipNumber();
        JsonNumber.writeCanonical(in.json, from, in.at, out);
      }
    }
    requireFewBytes();
  }

  private void requireFewBytes() {
    if (out.size() > limits.bytes()) throw tooManyBytes(limits);
  }

  static InvalidRequest tooManyBytes(Limits limits) {
    return new InvalidRequest("a JSON object must have at most " + limits.bytes() + " bytes here");
  }

  private void array(int depth) {
    requireDepth(depth);
    in.at++;
    out.add('[');
    int elements = 0;
    while (!in.skipIf(']')) {
      if (elements > 0) {
        in.skip(',');
        out.add(',');
      }
      if (++elements > limits.elements()) {
        throw new InvalidRequest("an array must have at most " + limits.elements() + " elements");
      }
      value(depth);
    }
    out.add(']');
  }

  private void text(int from, int to) {
    out.add('"');
    int written = out.size();
    if (JsonText.hasEscape(in.json, from, to)) {
      int named = names.size();
      JsonText.unescape(in.json, from, to, names);
      JsonText.escape(names.array(), named, names.size(), out);
      requireLength("a string", names.array(), named, names.size(), limits.longestText());
      names.cutTo(named);
    } else {
      out.add(in.json, from, to);
      requireLength("a string", out.array(), written, out.size(), limits.longestText());
    }
    out.add('"');
  }

  private static void requireLength(String what, byte[] text, int from, int to, int longest) {
    if (to - from <= longest) return;
    int length = JsonText.length(text, from, to);
    if (length > longest) {
      throw new InvalidRequest(
          what + " must have at most " + longest + " characters, got " + length);
    }
  }

  private void requireDepth(int depth) {
    if (depth > limits.depth()) {
      throw new InvalidRequest(
          "objects and arrays must be nested at most " + limits.depth() + " levels deep");
    }
  }

  private void object(int depth) {
    requireDepth(depth);
    in.at++;
    out.add('{');
    int from = out.size();
    int firstMember = memberCount;
    int firstName = names.size();
    boolean inOrder = true;
    while (!in.skipIf('}')) {
      if (memberCount > firstMember) {
        in.skip(',');
        out.add(',');
      }
      int start = out.size();
      int nameFrom = names.size();
      name();
      int nameTo = names.size();
      int place = place(firstMember, nameFrom, nameTo);
      inOrder &= place == memberCount;
      in.skip(':');
      out.add(':');
      value(depth);
      insert(place, nameFrom, nameTo, start, out.size());
    }
    if (!inOrder) putInOrder(from, firstMember);
    memberCount = firstMember;
    names.cutTo(firstName);
    out.add('}');
  }

  /** Reads a member's name; what it means goes to {@link #names}. */
  private void name() {
    in.peek();
    int from = in.at + 1;
    in.skipString();
    int to = in.at - 1;
    int named = names.size();
    JsonText.unescape(in.json, from, to, names);
    if (names.size() - named < limits.shortestName()) {
      throw new InvalidRequest("a member's name must not be empty");
    }
    requireLength("a member's name", names.array(), named, names.size(), limits.longestName());
    out.add('"');
    JsonText.escape(names.array(), named, names.size(), out);
    out.add('"');
  }

  /** Where among the members from there on one of that name belongs. */
  private int place(int firstMember, int nameFrom, int nameTo) {
    int low = firstMember;
    int high = memberCount;
    int middle = high - 1; // names mostly come in order, or nearly
    while (low < high) {
      int order = compareNames(middle, nameFrom, nameTo);
      if (order == 0) {
        String name = JsonText.decode(names.array(), nameFrom, nameTo);
        throw new InvalidRequest("the member '" + JsonText.shown(name) + "' is there twice");
      }
      if (order < 0) low = middle + 1;
      else high = middle;
      middle = (low + high) >>> 1;
    }
    return low;
  }

  private int compareNames(int member, int nameFrom, int nameTo) {
    int from = members[member * FIELDS + NAME_FROM];
    int to = members[member * FIELDS + NAME_TO];
    if (to - from != nameTo - nameFrom) return Integer.compare(to - from, nameTo - nameFrom);
    return Arrays.compareUnsigned(names.array(), from, to, names.array(), nameFrom, nameTo);
  }

  private void insert(int place, int nameFrom, int nameTo, int from, int to) {
    int used = memberCount * FIELDS;
    if (used == members.length) members = Arrays.copyOf(members, used * 2);
    int at = place * FIELDS;
    System.arraycopy(members, at, members, at + FIELDS, used - at);
    members[at + NAME_FROM] = nameFrom;
    members[at + NAME_TO] = nameTo;
    members[at + FROM] = from;
    members[at + TO] = to;
    memberCount++;
  }

  private void putInOrder(int from, int firstMember) {
    byte[] asTheyCame = Arrays.copyOfRange(out.array(), from, out.size());
    out.cutTo(from);
    for (int member = firstMember; member < memberCount; member++) {
      if (member > firstMember) out.add(',');
      int start = members[member * FIELDS + FROM] - from;
      out.add(asTheyCame, start, members[member * FIELDS + TO] - from);
    }
  }
}
