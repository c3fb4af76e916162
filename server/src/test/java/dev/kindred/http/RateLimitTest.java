package dev.kindred.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.ApiKey.Kind;
import dev.kindred.http.TokenBucket.Rate;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  @Test
  void a_bucket_gives_what_a_plain_count_of_tokens_would() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      var rate = new Rate(1 + random.nextInt(3_000), 1 + random.nextInt(200));
      long now = random.nextLong(1L << 40);
      var bucket = new TokenBucket(now);
      // The slow twin: whole tokens, and the nanoseconds earned towards the next one.
      long tokens = rate.burst();
      long earned = 0;
      for (int i = 0; i < 500; i++) {
        long passed = random.nextLong(3 * rate.intervalNanos() / 2);
        now += passed;
        earned += passed;
        tokens += earned / rate.intervalNanos();
        earned %= rate.intervalNanos();
        if (tokens >= rate.burst()) {
          tokens = rate.burst();
          earned = 0;
        }
        boolean expected = tokens > 0;
        var taken = bucket.take(rate, now);
        if (expected) tokens--;
        assertThat(taken.taken())
            .as("seed %d round %d take %d", seed, round, i)
            .isEqualTo(expected);
        assertThat(taken.remaining()).as("seed %d", seed).isEqualTo((int) tokens);
      }
    }
  }

  @Test
  void after_the_burst_comes_a_429_that_says_when_to_try_again() throws Exception {
    try (var test = TestServer.start(limit(1, 5))) {
      for (int i = 4; i >= 0; i--) {
        var answer = test.get("/things/x");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("RateLimit-Policy"))
            .hasValue("\"default\";q=1;w=60;burst=5");
        assertThat(answer.headers().firstValue("RateLimit").orElseThrow())
            .startsWith("\"default\";r=" + i + ";t=");
      }
      var refused = test.get("/things/x");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("\"code\":\"RATE_LIMIT_EXCEEDED\"");
      assertThat(refused.headers().firstValue("Retry-After"))
          .hasValueSatisfying(seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 60));
      assertThat(refused.headers().firstValue("RateLimit").orElseThrow()).contains("r=0;");
    }
  }

  @Test
  void every_key_has_its_own_bucket_and_may_have_its_own_rate() throws Exception {
    try (var test = TestServer.start(limit(1, 3))) {
      String slow = test.key(Kind.SERVER, Optional.empty(), List.of(), OptionalInt.of(1));
      for (int i = 0; i < 3; i++) test.get("/things/x");
      assertThat(test.get("/things/x").statusCode()).isEqualTo(429);
      assertThat(test.send(with(test, slow)).statusCode()).isEqualTo(200);
      var second = test.send(with(test, slow));
      assertThat(second.statusCode()).isEqualTo(429);
      assertThat(second.headers().firstValue("RateLimit-Policy").orElseThrow())
          .contains("q=1;w=60;burst=1");
    }
  }

  @Test
  void callers_without_a_key_share_their_addresss_bucket_whatever_they_send() throws Exception {
    try (var test = TestServer.start(limit(1, 3))) {
      for (int i = 0; i < 3; i++) {
        var answer = test.send(test.anonymous("/open").header("X-Forwarded-For", "10.0.0." + i));
        assertThat(answer.statusCode()).isEqualTo(200);
      }
      assertThat(test.send(test.anonymous("/open")).statusCode()).isEqualTo(429);
      assertThat(test.send(test.anonymous("/nowhere")).statusCode()).isEqualTo(429);
      assertThat(test.send(test.anonymous("/health")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_trusted_proxy_tells_the_callers_address() throws Exception {
    UnaryOperator<HttpSettings> behindProxy =
        settings ->
            With.rateLimit(
                settings, new HttpSettings.RateLimit(true, 1, 1, List.of("127.0.0.0/8")));
    try (var test = TestServer.start(behindProxy)) {
      var one = test.anonymous("/open").header("X-Forwarded-For", "6.6.6.6, 192.0.2.1, 127.0.0.9");
      assertThat(test.send(one).statusCode()).isEqualTo(200);
      assertThat(test.send(one).statusCode()).isEqualTo(429);
      var other = test.anonymous("/open").header("X-Forwarded-For", "6.6.6.6, 192.0.2.2");
      assertThat(test.send(other).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void limits_change_while_the_server_runs() throws Exception {
    try (var test = TestServer.start(limit(1, 1))) {
      assertThat(test.get("/things/x").statusCode()).isEqualTo(200);
      assertThat(test.get("/things/x").statusCode()).isEqualTo(429);
      var settings = With.adminKey(HttpSettings.defaults("127.0.0.1", 0), Optional.of("unused"));
      test.server.reconfigure(
          With.quickShutdown(
              With.rateLimit(settings, new HttpSettings.RateLimit(false, 1, 1, List.of()))));
      assertThat(test.get("/things/x").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void networks_hold_their_addresses_and_no_others() {
    var networks = Networks.of(List.of("10.1.2.0/23", "2001:db8::/33", "192.0.2.7"));
    assertThat(networks.contain(InetAddress.ofLiteral("10.1.3.255"))).isTrue();
    assertThat(networks.contain(InetAddress.ofLiteral("10.1.4.0"))).isFalse();
    assertThat(networks.contain(InetAddress.ofLiteral("2001:db8:7fff::1"))).isTrue();
    assertThat(networks.contain(InetAddress.ofLiteral("2001:db8:8000::1"))).isFalse();
    assertThat(networks.contain(InetAddress.ofLiteral("192.0.2.7"))).isTrue();
    assertThat(networks.contain(InetAddress.ofLiteral("192.0.2.8"))).isFalse();
  }

  @Test
  void a_whole_network_of_ipv6_is_one_caller() {
    assertThat(ClientAddress.countedAs(InetAddress.ofLiteral("2001:db8:1:2:3:4:5:6")))
        .isEqualTo(ClientAddress.countedAs(InetAddress.ofLiteral("2001:db8:1:2:ffff::1")))
        .isNotEqualTo(ClientAddress.countedAs(InetAddress.ofLiteral("2001:db8:1:3::1")));
  }

  private static UnaryOperator<HttpSettings> limit(int perMinute, int burst) {
    var limit = new HttpSettings.RateLimit(true, perMinute, burst, List.of());
    return settings -> With.rateLimit(settings, limit);
  }

  private static HttpRequest.Builder with(TestServer test, String key) {
    return test.anonymous("/things/x").header("X-API-Key", key);
  }
}
