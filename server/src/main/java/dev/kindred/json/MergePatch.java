package dev.kindred.json;

/** RFC 7396 on canonical objects: one walk over both, since both are in the same order. */
final class MergePatch {

  private MergePatch() {}

  static void write(Members target, Members patch, Bytes out) {
    out.add('{');
    int first = out.size();
    boolean stays = target.next();
    boolean changes = patch.next();
    while (stays || changes) {
      int order = !stays ? 1 : !changes ? -1 : target.compareName(patch);
      if (order < 0) {
        name(target, first, out);
        out.add(target.json, target.valueFrom, target.valueTo);
      } else if (patch.isObject()) {
        name(patch, first, out);
        boolean both = order == 0 && target.isObject();
        write(both ? target.inside() : Members.none(), patch.inside(), out);
      } else if (!patch.isNull()) {
        name(patch, first, out);
        out.add(patch.json, patch.valueFrom, patch.valueTo);
      }
      if (order <= 0) stays = target.next();
      if (order >= 0) changes = patch.next();
    }
    out.add('}');
  }

  private static void name(Members member, int first, Bytes out) {
    if (out.size() > first) out.add(',');
    out.add(member.json, member.nameFrom - 1, member.nameTo + 1);
    out.add(':');
  }
}
