package dev.kindred.store;

import dev.kindred.domain.ApiKey;
import java.util.List;

/** The keys that open the API, of all tenants. */
public interface Keys {

  /** Every key that was ever created, revoked ones too, oldest first. */
  List<ApiKey> all();
}
