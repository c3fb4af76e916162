package dev.kindred.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a jsonb column gives back for what we keep. */
@Tag(TestServices.TAG)
class JsonbTwinTest {

  private static final int CASES = 20_000;
  private static final Limits WIDE = new Limits(1 << 20, 50, 0, 1_000, 100_000, 100_000);

  @Test
  void jsonb_gives_back_the_canonical_form_apart_from_white_space() throws SQLException {
    long seed = new Random().nextLong();
    var generator = new RandomJson(new Random(seed));
    var sent = new ArrayList<String>();
    var canonical = new ArrayList<String>();
    for (int i = 0; i < CASES; i++) {
      sent.add(generator.object(3));
      canonical.add(Json.object(sent.get(i), WIDE).toString());
    }
    List<String> fromSent = stored(sent);
    List<String> fromCanonical = stored(canonical);
    for (int i = 0; i < CASES; i++) {
      assertThat(canonical.get(i)).as("seed %d, %s", seed, sent.get(i)).isEqualTo(fromSent.get(i));
      assertThat(canonical.get(i)).as("seed %d", seed).isEqualTo(fromCanonical.get(i));
    }
  }

  /** What comes back, without the white space that is not in strings. */
  private static List<String> stored(List<String> objects) throws SQLException {
    URI address = URI.create(TestServices.databaseUrl());
    String url =
        "jdbc:postgresql://%s:%d%s"
            .formatted(address.getHost(), address.getPort(), address.getPath());
    try (var connection = DriverManager.getConnection(url, address.getUserInfo(), "");
        var query =
            connection.prepareStatement(
                "SELECT given::jsonb::text FROM unnest(?) WITH ORDINALITY AS row (given, place)"
                    + " ORDER BY place")) {
      query.setArray(1, connection.createArrayOf("text", objects.toArray()));
      var stored = new ArrayList<String>();
      try (var rows = query.executeQuery()) {
        while (rows.next()) stored.add(withoutSpace(rows.getString(1)));
      }
      return stored;
    }
  }

  private static String withoutSpace(String json) {
    return json.replaceAll("(\"(?:[^\"\\\\]|\\\\.)*\")|\\s+", "$1");
  }
}
