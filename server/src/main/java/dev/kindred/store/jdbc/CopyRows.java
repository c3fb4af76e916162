package dev.kindred.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.JsonObject;
import dev.kindred.store.jdbc.Rows.Column;
import dev.kindred.store.jdbc.Rows.Kind;
import dev.kindred.store.jdbc.Rows.Table;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Many rows on their way to PostgreSQL by its COPY, in its binary format: it writes full pages
 * instead of row by row, and begins with the first rows while the later ones are still on the way.
 */
final class CopyRows {

  /** What is sent at once. The largest value of ours is smaller by far, but need not be. */
  private static final int CHUNK_BYTES = 64 << 10;

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };

  private static final short END = -1;
  private static final int NULL = -1;

  /** Stands before the text of each jsonb. */
  private static final byte JSONB_VERSION = 1;

  private final CopyIn copy;
  private byte[] bytes = new byte[CHUNK_BYTES];
  private ByteBuffer chunk = ByteBuffer.wrap(bytes);

  private CopyRows(CopyIn copy) {
    this.copy = copy;
  }

  /** Whether rows of a table can go this way: it knows nothing of rows that are there already. */
  static boolean takes(Table table) {
    return table.onConflict().isEmpty()
        && table.columns().stream().noneMatch(column -> column.kind() == Kind.VECTOR);
  }

  static void insert(Connection connection, Rows rows) throws SQLException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "copy %s (%s) from stdin (format binary)"
                    .formatted(rows.table().name(), String.join(", ", rows.table().columnNames())));
    try {
      new CopyRows(copy).send(rows);
    } finally {
      // Still so after a failure only: the server is not to wait for the rest.
      if (copy.isActive()) copy.cancelCopy();
    }
  }

  private void send(Rows rows) throws SQLException {
    List<Column> columns = rows.table().columns();
    chunk.put(SIGNATURE).putInt(0).putInt(0);
    for (@Nullable Object[] row : rows.values()) {
      makeRoom(Short.BYTES);
      chunk.putShort((short) columns.size());
      for (int i = 0; i < row.length; i++) put(columns.get(i).kind(), row[i]);
    }
    makeRoom(Short.BYTES);
    chunk.putShort(END);
    sendChunk();
    copy.endCopy();
  }

  private void put(Kind kind, @Nullable Object value) throws SQLException {
    if (value == null) {
      makeRoom(Integer.BYTES);
      chunk.putInt(NULL);
      return;
    }
    switch (kind) {
      case LONG -> sized(Long.BYTES).putLong((Long) value);
      case INT -> sized(Integer.BYTES).putInt((Integer) value);
      case SHORT -> sized(Short.BYTES).putShort((Short) value);
      case DOUBLE -> sized(Double.BYTES).putDouble((Double) value);
      case TEXT -> put(((String) value).getBytes(UTF_8));
      case BYTES -> put((byte[]) value);
      case JSON -> {
        byte[] text = ((JsonObject) value).utf8();
        sized(1 + text.length).put(JSONB_VERSION).put(text);
      }
      case VECTOR -> throw new IllegalArgumentException("vectors do not go by COPY");
    }
  }

  private void put(byte[] value) throws SQLException {
    sized(value.length).put(value);
  }

  /** Room for a value of so many bytes, behind its length. */
  private ByteBuffer sized(int length) throws SQLException {
    makeRoom(Integer.BYTES + length);
    return chunk.putInt(length);
  }

  private void makeRoom(int wanted) throws SQLException {
    if (chunk.remaining() >= wanted) return;
    sendChunk();
    if (wanted > bytes.length) {
      bytes = new byte[wanted];
      chunk = ByteBuffer.wrap(bytes);
    }
  }

  private void sendChunk() throws SQLException {
    copy.writeToCopy(bytes, 0, chunk.position());
    chunk.clear();
  }
}
