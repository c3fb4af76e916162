package dev.kindred.transfer;

import dev.kindred.transfer.ParquetColumn.Meaning;
import java.util.ArrayList;
import java.util.List;

/**
 * What a Parquet file says of itself.
 *
 * @param columns those without anything in them, in their order
 * @param groups in each, where the chunks of these columns are
 * @param leftOut columns that hold lists or structs, or values of a kind that we do not read
 */
record ParquetFooter(List<ParquetColumn> columns, List<Group> groups, List<String> leftOut) {

  /** Some rows: a chunk a column. */
  record Group(long rows, List<Chunk> chunks) {}

  /** The values of a column in a group. */
  record Chunk(int codec, long values, long start, long bytes) {}

  /** A node of the schema: a column, or something that holds other nodes. */
  private record Node(ParquetColumn column, int children, int repetition) {}

  /** A chunk and whose it is. */
  private record Named(String path, Chunk chunk) {}

  private static final int NODES_MAX = 2_000;
  private static final int REQUIRED = 0;
  private static final int OPTIONAL = 1;

  static ParquetFooter read(ThriftReader in) {
    List<Node> nodes = List.of();
    var groups = new ArrayList<List<Named>>();
    var rows = new ArrayList<Long>();
    in.beginStruct();
    for (int id = in.nextField(); id != 0; id = in.nextField()) {
      switch (id) {
        case 2 -> nodes = nodes(in);
        case 4 -> {
          for (int left = in.beginList(); left > 0; left--) group(in, groups, rows);
        }
        default -> in.skip();
      }
    }
    var columns = new ArrayList<ParquetColumn>();
    var leftOut = new ArrayList<String>();
    for (int at = 1; at < nodes.size(); at = behind(nodes, at)) {
      Node node = nodes.get(at);
      boolean isFlat = node.children() == 0 && node.repetition() <= OPTIONAL;
      if (isFlat && node.column().isKnown()) columns.add(node.column());
      else leftOut.add(node.column().name());
    }
    var chunks = new ArrayList<Group>();
    for (int i = 0; i < groups.size(); i++) {
      chunks.add(new Group(rows.get(i), inOrder(columns, groups.get(i))));
    }
    return new ParquetFooter(List.copyOf(columns), List.copyOf(chunks), List.copyOf(leftOut));
  }

  /** The place behind a node and all that it holds. */
  private static int behind(List<Node> nodes, int at) {
    int next = at + 1;
    for (int left = nodes.get(at).children(); left > 0; left--) next = behind(nodes, next);
    return next;
  }

  private static List<Chunk> inOrder(List<ParquetColumn> columns, List<Named> named) {
    var chunks = new ArrayList<Chunk>();
    for (ParquetColumn column : columns) {
      chunks.add(
          named.stream()
              .filter(one -> one.path().equals(column.name()))
              .findFirst()
              .map(Named::chunk)
              .orElseThrow(() -> new IllegalArgumentException("a column has no chunk")));
    }
    return chunks;
  }

  private static List<Node> nodes(ThriftReader in) {
    var nodes = new ArrayList<Node>();
    int count = in.beginList();
    if (count > NODES_MAX)
      throw new IllegalArgumentException("it has more than " + NODES_MAX + " columns");
    for (int left = count; left > 0; left--) nodes.add(node(in));
    return nodes;
  }

  private static Node node(ThriftReader in) {
    String name = "";
    int physical = -1;
    int repetition = REQUIRED;
    int children = 0;
    int scale = 0;
    Meaning meaning = Meaning.PLAIN;
    in.beginStruct();
    for (int id = in.nextField(); id != 0; id = in.nextField()) {
      switch (id) {
        case 1 -> physical = in.intValue();
        case 3 -> repetition = in.intValue();
        case 4 -> name = in.text();
        case 5 -> children = in.intValue();
        case 6 -> meaning = converted(in.intValue(), meaning);
        case 7 -> scale = in.intValue();
        case 10 -> meaning = logical(in, meaning);
        default -> in.skip();
      }
    }
    if (children < 0) throw new IllegalArgumentException("a node holds fewer than none");
    var column = new ParquetColumn(name, physical, repetition == OPTIONAL, meaning, scale);
    return new Node(column, children, repetition);
  }

  private static Meaning converted(int type, Meaning otherwise) {
    return switch (type) {
      case 5 -> Meaning.DECIMAL;
      case 6 -> Meaning.DATE;
      case 9 -> Meaning.MILLIS;
      case 10 -> Meaning.MICROS;
      default -> otherwise;
    };
  }

  /** Newer files say it by a union, in which times name their unit by another one. */
  private static Meaning logical(ThriftReader in, Meaning otherwise) {
    Meaning meaning = otherwise;
    in.beginStruct();
    for (int id = in.nextField(); id != 0; id = in.nextField()) {
      if (id == 6) meaning = Meaning.DATE;
      if (id == 8) meaning = time(in);
      else in.skip();
    }
    return meaning;
  }

  private static Meaning time(ThriftReader in) {
    Meaning meaning = Meaning.MICROS;
    in.beginStruct();
    for (int id = in.nextField(); id != 0; id = in.nextField()) {
      if (id != 2) {
        in.skip();
        continue;
      }
      in.beginStruct();
      for (int unit = in.nextField(); unit != 0; unit = in.nextField()) {
        meaning = unit == 1 ? Meaning.MILLIS : unit == 2 ? Meaning.MICROS : Meaning.NANOS;
        in.skip();
      }
    }
    return meaning;
  }

  private static void group(ThriftReader in, List<List<Named>> groups, List<Long> rows) {
    var chunks = new ArrayList<Named>();
    long count = 0;
    in.beginStruct();
    for (int id = in.nextField(); id != 0; id = in.nextField()) {
      switch (id) {
        case 1 -> {
          for (int left = in.beginList(); left > 0; left--) chunks.add(chunk(in));
        }
        case 3 -> count = in.longValue();
        default -> in.skip();
      }
    }
    groups.add(chunks);
    rows.add(count);
  }

  private static Named chunk(ThriftReader in) {
    Named chunk = new Named("", new Chunk(0, 0, 0, 0));
    in.beginStruct();
    for (int id = in.nextField(); id != 0; id = in.nextField()) {
      if (id == 3) chunk = metadata(in);
      else in.skip();
    }
    return chunk;
  }

  private static Named metadata(ThriftReader in) {
    var path = new ArrayList<String>();
    int codec = 0;
    long values = 0;
    long bytes = 0;
    long data = 0;
    long dictionary = 0;
    in.beginStruct();
    for (int id = in.nextField(); id != 0; id = in.nextField()) {
      switch (id) {
        case 3 -> {
          for (int left = in.beginList(); left > 0; left--) path.add(in.text());
        }
        case 4 -> codec = in.intValue();
        case 5 -> values = in.longValue();
        case 7 -> bytes = in.longValue();
        case 9 -> data = in.longValue();
        case 11 -> dictionary = in.longValue();
        default -> in.skip();
      }
    }
    long start = dictionary > 0 && dictionary < data ? dictionary : data;
    return new Named(String.join(".", path), new Chunk(codec, values, start, bytes));
  }
}
