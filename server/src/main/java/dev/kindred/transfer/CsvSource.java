package dev.kindred.transfer;

import dev.kindred.domain.InvalidRequest;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Records that are lines of values with something between them. */
final class CsvSource implements Source {

  private static final Cell NOTHING = Cell.plain("");

  private final InputStream in;
  private final CsvReader reader;
  private final RecordPlan plan;
  private final boolean hasHeader;
  private final int columns;
  private final boolean unescapes;
  private final JsonWriter json = new JsonWriter();
  private final Row row = this::cell;
  private boolean headerIsRead;

  private CsvSource(
      InputStream in,
      CsvReader reader,
      RecordPlan plan,
      int columns,
      boolean hasHeader,
      boolean unescapes) {
    this.in = in;
    this.reader = reader;
    this.plan = plan;
    this.columns = columns;
    this.hasHeader = hasHeader;
    this.unescapes = unescapes;
  }

  /**
   * Reads a file.
   *
   * @param sample its beginning
   * @param in all of it
   */
  static CsvSource open(Sample sample, InputStream in, ImportOptions options, String fileName)
      throws IOException {
    var layout = Layout.of(fileName);
    String delimiter =
        options
            .delimiter()
            .or(() -> layout.map(Layout::delimiter))
            .orElseGet(() -> sample.delimiter());
    boolean hasHeader = options.header().orElse(layout.isEmpty());
    var first = new CsvReader(sample.stream(), delimiter, CsvReader.RECORD_BYTES_MAX);
    if (!first.next()) throw new InvalidRequest("the file is empty");
    first.require();
    List<String> columns =
        hasHeader
            ? names(first)
            : layout.map(Layout::columns).orElseGet(() -> numbered(first.size()));
    var types = new ColumnType.Sample(columns.size());
    if (!hasHeader) add(first, types);
    // The last record of a sample may be cut off.
    while (first.next() && (sample.isWhole() || !first.isLast())) add(first, types);
    var plan = Mapping.of(options, fileName, columns, types.types());
    var reader = new CsvReader(in, delimiter, CsvReader.RECORD_BYTES_MAX);
    boolean ours = ExportColumns.areOurs(plan.kind(), columns);
    return new CsvSource(in, reader, plan, columns.size(), hasHeader, ours);
  }

  private static List<String> names(CsvReader header) {
    var names = new ArrayList<String>();
    for (int i = 0; i < header.size(); i++) names.add(header.field(i).strip());
    for (String name : names) {
      if (!name.isEmpty() && names.indexOf(name) != names.lastIndexOf(name)) {
        throw new InvalidRequest("two columns are called '" + name + "'");
      }
    }
    return names;
  }

  private static List<String> numbered(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(number -> "#" + number).toList();
  }

  private static void add(CsvReader record, ColumnType.Sample types) {
    try {
      record.require();
      for (int i = 0; i < record.size(); i++) types.add(i, record.field(i));
    } catch (InvalidRequest broken) {
      // It is refused when it is its turn; it says nothing about its columns.
    }
  }

  @Override
  public boolean next() throws IOException {
    if (hasHeader && !headerIsRead) {
      headerIsRead = true;
      if (!reader.next()) return false;
    }
    return reader.next();
  }

  @Override
  public long line() {
    return reader.line();
  }

  @Override
  public JsonReader record() {
    reader.require();
    if (reader.size() != columns) {
      throw new InvalidRequest(
          "there are " + columns + " columns, got " + reader.size() + " values");
    }
    plan.write(row, json.clear());
    return JsonReader.of(json.toByteArray());
  }

  private Cell cell(int column) {
    if (reader.isEmpty(column)) return NOTHING;
    String text = reader.field(column);
    return Cell.plain(unescapes ? SpreadsheetGuard.opened(text) : text);
  }

  @Override
  public int bytes() {
    return reader.bytes();
  }

  @Override
  public void copyTo(byte[] target, int offset) {
    reader.copyTo(target, offset);
  }

  @Override
  public RecordKind kind() {
    return plan.kind();
  }

  @Override
  public Format format() {
    return Format.CSV;
  }

  @Override
  public List<String> described() {
    return plan.steps().stream().map(Object::toString).toList();
  }

  @Override
  public List<String> warnings() {
    return unescapes ? List.of() : Warnings.unused(plan);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
