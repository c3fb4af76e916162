package dev.kindred.bench.crash;

import dev.kindred.bench.process.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was sent, what was acknowledged, and, in the end, what was found. Safe for any number of
 * threads.
 */
final class Ledger {

  private static final Pattern EVENT_ID = Pattern.compile("\"event_id\":\"([^\"]+)\"");

  private final AtomicLong next = new AtomicLong();
  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> found = new HashSet<>();
  private long twice;

  /** The id of the next write of a user. */
  String sending(int user) {
    String eventId = "event-" + user + "-" + next.getAndIncrement();
    sent.add(eventId);
    return eventId;
  }

  void acknowledged(String eventId) {
    acknowledged.add(eventId);
  }

  /** Reads back the history of every user. */
  void compare(ServerProcess server, HttpClient client) throws IOException, InterruptedException {
    for (int user = 0; user < Storm.writerCount(); user++) {
      Optional<String> cursor = Optional.empty();
      do {
        String query = "?limit=1000" + cursor.map(at -> "&cursor=" + at).orElse("");
        HttpRequest request =
            HttpRequest.newBuilder(server.uri("/api/v1/interactions/user/user-" + user + query))
                .header("X-API-Key", ServerProcess.KEY)
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200)
          throw new IOException("reading back failed: " + response.body());
        Matcher ids = EVENT_ID.matcher(response.body());
        while (ids.find()) if (!found.add(ids.group(1))) twice++;
        cursor = response.headers().firstValue("X-Next-Cursor");
      } while (cursor.isPresent());
    }
  }

  private long lost() {
    return acknowledged.stream().filter(id -> !found.contains(id)).count();
  }

  private long invented() {
    return found.stream().filter(id -> !sent.contains(id)).count();
  }

  boolean isWhole() {
    return lost() == 0 && invented() == 0 && twice == 0;
  }

  String verdict() {
    return "%s, found %d: lost %d, invented %d, twice %d"
        .formatted(this, found.size(), lost(), invented(), twice);
  }

  @Override
  public String toString() {
    return "sent %d, acknowledged %d".formatted(sent.size(), acknowledged.size());
  }
}
