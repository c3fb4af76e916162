package dev.kindred.collect;

import dev.kindred.domain.EntityId;
import dev.kindred.domain.EntityType;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.KindredException;
import dev.kindred.json.JsonReader;
import java.util.function.Supplier;

/**
 * How a row that is refused calls its entity, so that its sender finds it again; empty where it
 * does not.
 */
record RowName(String id, String type) {
  static final RowName NONE = new RowName("", "");

  /** Reads as much of it as can be read. */
  static RowName of(JsonReader row) {
    String id = "";
    String type = "";
    try {
      for (var fields = row.object(); fields.next(); ) {
        switch (fields.name()) {
          case "entity_id" -> id = ifFit(() -> row.id(EntityId::new).value());
          case "entity_type" -> type = ifFit(() -> row.string(EntityType::new).value());
          default -> {}
        }
      }
    } catch (KindredException unreadable) {
      // What was read before still tells the row.
    }
    return new RowName(id, type);
  }

  private static String ifFit(Supplier<String> read) {
    try {
      return read.get();
    } catch (InvalidRequest unfit) {
      return "";
    }
  }
}
