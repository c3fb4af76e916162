package dev.kindred;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.follow.DemoShop;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo on a shop's own PostgreSQL. */
@Tag(TestServices.TAG)
final class DemoOnShopTest {

  @TempDir Path folder;

  @Test
  void the_demo_follows_a_shop_and_every_call_that_it_prints_works() throws Exception {
    try (var shop = DemoShop.filled(960, 20, 60, 400, 400);
        var program =
            Program.start(folder, Map.of(), "demo", "--port", "0", "--shop", shop.url())) {
      program.awaitReady();
      List<String> calls = List.of();
      while (calls.size() < 5) {
        calls =
            program
                .err()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("curl "))
                .toList();
      }
      assertThat(calls).hasSize(5);
      for (String call : calls) {
        assertThat(Curl.run(program, call).statusCode()).as(call).isEqualTo(200);
      }
      assertThat(Curl.run(program, calls.getFirst()).body())
          .contains("\"algorithm_used\":\"popular\"");
      program.terminate();
      assertThat(program.awaitExit()).isZero();
    }
  }
}
