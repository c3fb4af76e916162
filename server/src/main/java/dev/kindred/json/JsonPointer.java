package dev.kindred.json;

/** Writes JSON pointers (RFC 6901): where in a request something was wrong. */
final class JsonPointer {

  private JsonPointer() {}

  static void add(StringBuilder pointer, String name) {
    String shown = name.length() <= 255 ? name : name.substring(0, 255);
    pointer.append('/').append(shown.replace("~", "~0").replace("/", "~1"));
  }

  /** The way from the value that starts at {@code from} to the place {@code target} inside it. */
  static String of(byte[] json, int from, int end, int target) {
    var pointer = new StringBuilder();
    var in = new JsonScanner(json, from, end);
    while (true) {
      byte kind = in.peek();
      if ((kind != '{' && kind != '[') || target <= in.at) return pointer.toString();
      in.at++;
      boolean found = false;
      for (int index = 0; !found; index++) {
        if (in.skipIf(kind == '{' ? '}' : ']')) return pointer.toString();
        if (index > 0) in.skip(',');
        in.peek();
        int nameFrom = in.at + 1;
        int nameTo = nameFrom;
        if (kind == '{') {
          in.skipString();
          nameTo = in.at - 1;
          if (target <= nameTo + 1) {
            add(pointer, JsonText.decodeLeniently(json, nameFrom, nameTo));
            return pointer.toString();
          }
          in.skip(':');
          in.peek();
        }
        int valueFrom = in.at;
        in.skipValue();
        if (target > in.at) continue;
        found = true;
        if (kind == '{') add(pointer, JsonText.decodeLeniently(json, nameFrom, nameTo));
        else pointer.append('/').append(index);
        in.at = valueFrom;
      }
    }
  }
}
