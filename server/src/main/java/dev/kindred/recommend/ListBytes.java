package dev.kindred.recommend;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.domain.EntityType;
import dev.kindred.domain.JsonObject;
import dev.kindred.recommend.Recommendation.Item;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Lists without explanations as bytes, for other replicas. */
final class ListBytes {
  private ListBytes() {}

  static byte[] write(Recommendation made) {
    var bytes = new ByteArrayOutputStream(4_096);
    try (var out = new DataOutputStream(bytes)) {
      out.writeLong(made.position());
      text(out, made.model());
      out.writeBoolean(made.coldStart());
      out.writeBoolean(made.isOfUserOnly());
      out.writeInt(made.items().size());
      for (Item item : made.items()) {
        text(out, item.id());
        text(out, item.type().value());
        out.writeFloat(item.score());
        text(out, item.reason().name());
        bytes(out, item.attributes().utf8());
      }
      out.writeInt(made.shortfall().size());
      for (var rule : made.shortfall().entrySet()) {
        text(out, rule.getKey());
        out.writeInt(rule.getValue());
      }
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return bytes.toByteArray();
  }

  /** The list; absent where the bytes are not one of ours. */
  static Optional<Recommendation> read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long position = in.readLong();
      String model = text(in);
      boolean coldStart = in.readBoolean();
      boolean isOfUserOnly = in.readBoolean();
      var items = new ArrayList<Item>();
      for (int left = in.readInt(); left > 0; left--) {
        items.add(
            new Item(
                text(in),
                new EntityType(text(in)),
                in.readFloat(),
                Reason.valueOf(text(in)),
                JsonObject.ofCanonical(bytes(in)),
                Optional.empty()));
      }
      var shortfall = new LinkedHashMap<String, Integer>();
      for (int left = in.readInt(); left > 0; left--) shortfall.put(text(in), in.readInt());
      return Optional.of(
          new Recommendation(
              position, model, coldStart, items, shortfall, List.of(), isOfUserOnly, true));
    } catch (IOException | RuntimeException notOurs) {
      return Optional.empty();
    }
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    bytes(out, text.getBytes(UTF_8));
  }

  private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(bytes(in), UTF_8);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) throw new IOException("no such length: " + length);
    return in.readNBytes(length);
  }
}
