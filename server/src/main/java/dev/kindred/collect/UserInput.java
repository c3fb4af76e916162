package dev.kindred.collect;

import dev.kindred.domain.Change;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.UserId;
import dev.kindred.json.JsonReader;
import dev.kindred.json.Limits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says of a user.
 *
 * @param tenant whose user it is, where the caller says so here
 */
public record UserInput(UserId id, JsonObject attributes, Optional<String> tenant) {

  /** Reads the object that comes next. */
  public static UserInput read(JsonReader reader) {
    String place = reader.pointer();
    @Nullable UserId id = null;
    JsonObject attributes = JsonObject.EMPTY;
    @Nullable String tenant = null;
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "user_id" -> id = reader.id(UserId::new);
        case "attributes" -> attributes = reader.object(Limits.ATTRIBUTES);
        case "tenant_id" -> tenant = reader.string();
        default -> fields.unknown();
      }
    }
    if (id == null) throw Required.field(place, "user_id");
    return new UserInput(id, attributes, Optional.ofNullable(tenant));
  }

  public Change put() {
    return new Change.PutUser(id, attributes);
  }
}
