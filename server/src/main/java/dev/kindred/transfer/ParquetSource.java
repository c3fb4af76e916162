package dev.kindred.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.InvalidRequest;
import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import dev.kindred.transfer.ParquetFooter.Chunk;
import dev.kindred.transfer.ParquetFooter.Group;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/**
 * Records of a Parquet file. What the file says of itself stands at its end, so it is copied to a
 * temporary file first; a page a column is held at a time.
 */
final class ParquetSource implements Source {

  private static final int MAGIC = 0x31524150; // "PAR1"
  private static final int TAIL = 8;
  private static final int FOOTER_BYTES_MAX = 64 << 20;

  private final Path path;
  private final FileChannel file;
  private final ParquetFooter footer;
  private final RecordPlan plan;
  private final JsonWriter json = new JsonWriter();
  private final JsonWriter shown = new JsonWriter();
  private final Cell[] cells;
  private List<ParquetCursor> cursors = List.of();
  private byte[] text = {};
  private int nextGroup;
  private long left;
  private long row;

  private ParquetSource(Path path, FileChannel file, ImportOptions options, String fileName)
      throws IOException {
    this.path = path;
    this.file = file;
    this.footer = footer(file);
    List<String> names = footer.columns().stream().map(ParquetColumn::name).toList();
    if (names.isEmpty()) throw new InvalidRequest("the file has no column that can be read");
    this.plan = Mapping.of(options, fileName, names, List.of());
    this.cells = new Cell[names.size()];
  }

  static ParquetSource open(InputStream in, ImportOptions options, String fileName)
      throws IOException {
    Path path = Files.createTempFile("kindred-import", ".parquet");
    try {
      Files.copy(in, path, StandardCopyOption.REPLACE_EXISTING);
      FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return new ParquetSource(path, file, options, fileName);
      } catch (IOException | RuntimeException failure) {
        file.close();
        throw failure;
      }
    } catch (IOException | RuntimeException failure) {
      Files.deleteIfExists(path);
      throw failure;
    }
  }

  private static ParquetFooter footer(FileChannel file) throws IOException {
    long size = file.size();
    if (size < 2 * TAIL) throw broken(new IllegalArgumentException("it is too short"));
    ByteBuffer tail = read(file, size - TAIL, TAIL);
    int length = tail.getInt();
    if (tail.getInt() != MAGIC || length < 0 || length > Math.min(size - TAIL, FOOTER_BYTES_MAX)) {
      throw broken(new IllegalArgumentException("its end is not one"));
    }
    try {
      return ParquetFooter.read(new ThriftReader(read(file, size - TAIL - length, length)));
    } catch (RuntimeException failure) {
      throw broken(failure);
    }
  }

  private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
    var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, at + bytes.position()) < 0) break;
    }
    return bytes.flip();
  }

  private static InvalidRequest broken(Exception failure) {
    String why = failure.getMessage();
    return new InvalidRequest(
        "this is not a whole Parquet file: " + (why == null ? "it is cut off" : why));
  }

  @Override
  public boolean next() throws IOException {
    try {
      while (left == 0) {
        if (nextGroup == footer.groups().size()) return false;
        begin(footer.groups().get(nextGroup++));
      }
      left--;
      row++;
      for (int i = 0; i < cells.length; i++) cells[i] = cursors.get(i).next();
    } catch (RuntimeException | ZipException | EOFException failure) {
      throw broken(failure);
    }
    text = shown();
    return true;
  }

  private void begin(Group group) throws IOException {
    left = Math.max(0, group.rows());
    var begun = new ArrayList<ParquetCursor>();
    List<Chunk> chunks = group.chunks();
    var room = new ParquetCursor.Room();
    for (int i = 0; i < chunks.size(); i++) {
      begun.add(new ParquetCursor(file, footer.columns().get(i), chunks.get(i), room));
    }
    cursors = begun;
  }

  /** The record as JSON, since it stands nowhere in one piece. */
  private byte[] shown() {
    shown.clear().beginObject();
    for (int i = 0; i < cells.length; i++) {
      Cell cell = cells[i];
      if (cell.equals(ParquetCursor.NOTHING)) continue;
      shown.name(footer.columns().get(i).name());
      switch (cell.kind()) {
        case PLAIN, STRING -> shown.string(cell.text());
        case NUMBER, JSON -> shown.raw(cell.text().getBytes(UTF_8));
      }
    }
    return shown.endObject().toByteArray();
  }

  @Override
  public long line() {
    return row;
  }

  @Override
  public JsonReader record() {
    plan.write(column -> cells[column], json.clear());
    return JsonReader.of(json.toByteArray());
  }

  @Override
  public int bytes() {
    return text.length;
  }

  @Override
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(text, 0, target, offset, text.length);
  }

  @Override
  public RecordKind kind() {
    return plan.kind();
  }

  @Override
  public Format format() {
    return Format.PARQUET;
  }

  @Override
  public List<String> described() {
    return plan.steps().stream().map(Object::toString).toList();
  }

  @Override
  public List<String> warnings() {
    var warnings = new ArrayList<>(Warnings.unused(plan));
    if (!footer.leftOut().isEmpty()) {
      warnings.add(
          "columns that hold lists, structs or rare types are left out: "
              + String.join(", ", footer.leftOut()));
    }
    return warnings;
  }

  @Override
  public void close() throws IOException {
    file.close();
    Files.deleteIfExists(path);
  }
}
