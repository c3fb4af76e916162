package dev.kindred.transfer;

import dev.kindred.domain.Entity;
import dev.kindred.domain.UserProfile;
import dev.kindred.store.Interactions.Kept;
import java.io.IOException;

/** Where an export writes its records, which are all of one kind. */
interface RecordSink {

  void begin() throws IOException;

  void entity(Entity entity) throws IOException;

  void interaction(Kept kept) throws IOException;

  void user(UserProfile user) throws IOException;

  void end() throws IOException;
}
