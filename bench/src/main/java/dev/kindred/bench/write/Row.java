package dev.kindred.bench.write;

/**
 * A line of the table.
 *
 * @param wanted what the ratio of both is to reach
 */
record Row(String what, double measured, String floorName, double floor, double wanted) {

  private static final String LINE = "| %-46s | %10s | %-44s | %10s | %6s | %6s |%s%n";

  double ratio() {
    return measured / floor;
  }

  /** Prints the line; returns whether the ratio was reached. */
  boolean print() {
    boolean reached = ratio() >= wanted;
    System.out.printf(
        LINE,
        what,
        "%.0f".formatted(measured),
        floorName,
        "%.0f".formatted(floor),
        "%.2f".formatted(ratio()),
        "%.2f".formatted(wanted),
        reached ? "" : " not reached");
    return reached;
  }

  static void printHead() {
    System.out.printf(LINE, "what", "a second", "floor", "a second", "ratio", "wanted", "");
    System.out.println("|---|---|---|---|---|---|");
  }
}
