package dev.kindred.recommend;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.cache.SharedCache;
import dev.kindred.domain.JsonObject;
import dev.kindred.domain.Sha256;
import dev.kindred.domain.TenantId;
import dev.kindred.learn.LiveTenant;
import java.lang.reflect.RecordComponent;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lists that are the same for everybody, shared by the replicas: what is trending and what is
 * popular.
 *
 * <p>The key is a hash of the tenant, the request, the settings and the position of the log, which
 * mean the same on every replica, unlike the counters by which a replica remembers lists for
 * itself. Lists of users stay in the process: making one takes less time than asking for it.
 */
public final class SharedLists {
  /** Bytes that were written otherwise are not read. */
  private static final String FORMAT = "1";

  private final SharedCache cache;
  private final Function<LiveTenant, Duration> keptFor;

  /**
   * @param keptFor for how long a list is shared at most, as each tenant wants now
   */
  public SharedLists(SharedCache cache, Function<LiveTenant, Duration> keptFor) {
    this.cache = cache;
    this.keptFor = keptFor;
  }

  /** All that such a list can depend on. */
  private record Asked(
      String format,
      TenantId tenant,
      long position,
      List<String> models,
      long second,
      Request request,
      Preferences preferences) {}

  /**
   * The list that some replica made already, or the one that is made now, for the others too. From
   * outside the tenant's reading: the cache may be far away.
   */
  Recommendation recommend(
      LiveTenant tenant,
      Request request,
      Preferences preferences,
      long position,
      long second,
      Supplier<Recommendation> make) {
    if (!areFor(request)) return make.get();
    List<String> models =
        tenant.read(() -> tenant.shelves().stream().map(shelf -> shelf.learned().name()).toList());
    String key =
        hash(new Asked(FORMAT, tenant.id(), position, models, second, request, preferences));
    Optional<Recommendation> known = cache.get(key).flatMap(ListBytes::read);
    if (known.isPresent()) return known.get();
    Recommendation made = make.get();
    // What came in between is in the list already, so it is not the one of that position.
    if (made.position() == position) {
      cache.put(key, ListBytes.write(made), keptFor.apply(tenant));
    }
    return made;
  }

  /** Whether such a list is the same for everybody. */
  static boolean areFor(Request request) {
    return request.isForAnybody() && !request.algorithm().isPersonal();
  }

  /** Two questions have one hash only if they are equal, whatever members they get one day. */
  static String hash(Record asked) {
    MessageDigest digest = Sha256.digest();
    add(digest, asked);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, Object value) {
    switch (value) {
      case Record asked -> {
        for (RecordComponent member : asked.getClass().getRecordComponents()) {
          add(digest, member.getName());
          add(digest, valueOf(member, asked));
        }
      }
      case Optional<?> maybe -> {
        add(digest, maybe.isPresent());
        if (maybe.isPresent()) add(digest, maybe.get());
      }
      case Collection<?> all -> {
        add(digest, all.size());
        for (Object one : all) add(digest, one);
      }
      case JsonObject json -> addBytes(digest, json.utf8());
      case String _, Number _, Boolean _, Enum<?> _ ->
          addBytes(digest, value.toString().getBytes(UTF_8));
      default -> throw new IllegalArgumentException("cannot be hashed: " + value.getClass());
    }
  }

  private static Object valueOf(RecordComponent member, Record asked) {
    try {
      member.getAccessor().setAccessible(true);
      return member.getAccessor().invoke(asked);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void addBytes(MessageDigest digest, byte[] bytes) {
    int length = bytes.length;
    for (int shift = 24; shift >= 0; shift -= 8) digest.update((byte) (length >>> shift));
    digest.update(bytes);
  }
}
