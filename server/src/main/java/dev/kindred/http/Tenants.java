package dev.kindred.http;

import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.InvalidRequest;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.TenantId;
import org.jspecify.annotations.Nullable;

/** Decides whose data a request is about. */
final class Tenants {

  private final HttpSettings.Tenancy tenancy;

  Tenants(HttpSettings.Tenancy tenancy) {
    this.tenancy = tenancy;
  }

  /**
   * The tenant of a request.
   *
   * @param ofKey the key's own tenant; null where it is good for all
   * @param named what the request itself says, each null where it does not
   */
  TenantId choose(@Nullable TenantId ofKey, Named named) {
    String name = named.theOne();
    TenantId byDefault = tenancy.byDefault();
    TenantId asked =
        name == null ? null : name.equals(byDefault.value()) ? byDefault : new TenantId(name);
    if (ofKey != null && asked != null && !asked.equals(ofKey)) {
      throw new KindredException(
          ErrorCode.FORBIDDEN,
          "this key belongs to tenant '" + ofKey + "' and opens no other, got '" + asked + "'");
    }
    TenantId chosen = asked != null ? asked : ofKey != null ? ofKey : byDefault;
    if (!tenancy.many() && !chosen.equals(byDefault)) {
      throw InvalidRequest.at(
          "tenant_id",
          "this server has the one tenant '"
              + byDefault
              + "', got '"
              + chosen
              + "'; ENABLE_MULTI_TENANCY=true allows others");
    }
    return chosen;
  }

  /** The places in which a request may name a tenant. */
  record Named(@Nullable String header, @Nullable String query, @Nullable String body) {

    @Nullable String theOne() {
      return same(same(header, query), body);
    }

    private static @Nullable String same(@Nullable String one, @Nullable String other) {
      if (one == null) return other;
      if (other == null || one.equals(other)) return one;
      throw InvalidRequest.at(
          "tenant_id",
          "the request names two tenants, "
              + Shown.value(one)
              + " and "
              + Shown.value(other)
              + "; name one");
    }
  }
}
