package dev.kindred.follow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kindred.json.JsonReader;
import dev.kindred.json.JsonWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the following of a main database stands. The replica that follows writes it down; every
 * replica can read it.
 *
 * @param asOf when all of it had been read last; absent: never yet
 * @param problem why it cannot be followed now, for people
 * @param since since when the phase lasts
 * @param fullSync the request for a full comparison that was carried out last
 */
public record FollowState(
    Phase phase,
    Instant since,
    Optional<Instant> asOf,
    Optional<String> problem,
    String fullSync,
    List<SourceState> sources) {

  /** What is going on. */
  public enum Phase {
    /** Reading all of it for the first time. */
    FIRST_SYNC,
    /** In step. */
    FOLLOWING,
    /** The main database is out of reach. */
    AWAY,
    /** The mapping does not fit the main database. */
    MISFIT
  }

  public FollowState {
    sources = List.copyOf(sources);
  }

  static FollowState fresh(Instant now) {
    return new FollowState(
        Phase.FIRST_SYNC, now, Optional.empty(), Optional.empty(), "", List.of());
  }

  /** How far one source is, if it was read before under the same mapping. */
  SourceState of(Source source) {
    for (SourceState state : sources) {
      if (state.name().equals(source.name()) && state.isOf(source)) return state;
    }
    return SourceState.fresh(source);
  }

  FollowState with(SourceState changed) {
    var all = new ArrayList<SourceState>();
    for (SourceState state : sources) if (!state.name().equals(changed.name())) all.add(state);
    all.add(changed);
    return new FollowState(phase, since, asOf, problem, fullSync, all);
  }

  FollowState in(Phase next, Instant now, Optional<String> why) {
    return new FollowState(next, next == phase ? since : now, asOf, why, fullSync, sources);
  }

  FollowState readAt(Instant now) {
    return new FollowState(phase, since, Optional.of(now), problem, fullSync, sources);
  }

  FollowState fullSyncDone(String request) {
    return new FollowState(phase, since, asOf, problem, request, sources);
  }

  /** Only the sources that the mapping still names. */
  FollowState only(List<Source> named) {
    return new FollowState(
        phase, since, asOf, problem, fullSync, named.stream().map(this::of).toList());
  }

  String toJson() {
    var out = new JsonWriter(1 << 10).beginObject();
    write(out);
    return new String(out.endObject().toByteArray(), UTF_8);
  }

  /** The members, for answers. */
  public void write(JsonWriter out) {
    out.field("phase", phase.name().toLowerCase(Locale.ROOT)).field("since", since);
    if (asOf.isPresent()) out.field("as_of", asOf.get());
    if (problem.isPresent()) out.field("problem", problem.get());
    if (!fullSync.isEmpty()) out.field("full_sync", fullSync);
    out.name("sources").beginArray();
    for (SourceState source : sources) source.write(out);
    out.endArray();
  }

  static FollowState parse(String json) {
    var reader = JsonReader.of(json.getBytes(UTF_8));
    Phase phase = Phase.FIRST_SYNC;
    Instant since = Instant.EPOCH;
    @Nullable Instant asOf = null;
    @Nullable String problem = null;
    String fullSync = "";
    var sources = new ArrayList<SourceState>();
    for (var fields = reader.object(); fields.next(); ) {
      switch (fields.name()) {
        case "phase" -> phase = Phase.valueOf(reader.string().toUpperCase(Locale.ROOT));
        case "since" -> since = reader.time();
        case "as_of" -> asOf = reader.time();
        case "problem" -> problem = reader.string();
        case "full_sync" -> fullSync = reader.string();
        case "sources" -> {
          for (var each = reader.array(); each.next(); ) sources.add(SourceState.read(reader));
        }
        default -> fields.unknown();
      }
    }
    return new FollowState(
        phase, since, Optional.ofNullable(asOf), Optional.ofNullable(problem), fullSync, sources);
  }
}
