package dev.kindred.transfer;

import dev.kindred.collect.EntityInput;
import dev.kindred.collect.EntityIntake;
import dev.kindred.collect.InteractionInput;
import dev.kindred.collect.InteractionIntake;
import dev.kindred.collect.UserInput;
import dev.kindred.domain.Change;
import dev.kindred.domain.Change.PutMode;
import dev.kindred.domain.Interaction;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.TenantId;
import dev.kindred.json.JsonReader;
import java.util.List;
import java.util.Optional;

/** Reads a record of any kind into the changes that it makes, as strictly as the API does. */
public record RecordIntake(EntityIntake entities, InteractionIntake interactions) {

  /** Adds the changes of the record that comes next. */
  void read(RecordKind kind, TenantId tenant, JsonReader reader, List<Change> changes) {
    switch (kind) {
      case ENTITIES -> {
        EntityInput input = entities.read(reader);
        requireTenant(tenant, input.tenant());
        changes.add(entities.put(tenant, input.key(), input, PutMode.UPSERT));
      }
      case INTERACTIONS -> {
        InteractionInput input = interactions.read(reader);
        requireTenant(tenant, input.tenant());
        for (Interaction one : input.interactions()) changes.add(new Change.RecordInteraction(one));
      }
      case USERS -> {
        UserInput input = UserInput.read(reader);
        requireTenant(tenant, input.tenant());
        changes.add(input.put());
      }
    }
  }

  private static void requireTenant(TenantId tenant, Optional<String> said) {
    if (said.isPresent() && !said.get().equals(tenant.value())) {
      throw new InvalidRequest("tenant_id must be '" + tenant + "' in every record, got another");
    }
  }
}
