package dev.kindred.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.domain.ApiKey.Kind;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantsTest {

  private TestServer test;

  @BeforeAll
  void start() {
    test = TestServer.start(With::manyTenants);
  }

  @AfterAll
  void stop() {
    test.close();
  }

  @Test
  void a_request_that_names_nobody_is_about_the_default_tenant() throws Exception {
    assertThat(test.get("/tenant").body()).isEqualTo("default");
  }

  @Test
  void a_tenant_may_be_named_by_header_query_or_body() throws Exception {
    assertThat(test.send(test.to("/tenant").header("X-Tenant-ID", "acme")).body())
        .isEqualTo("acme");
    assertThat(test.get("/tenant?tenant_id=acme").body()).isEqualTo("acme");
    assertThat(test.send(test.post("/tenant", "acme")).body()).isEqualTo("acme");
    var agreeing = test.post("/tenant?tenant_id=acme", "acme").header("X-Tenant-ID", "acme");
    assertThat(test.send(agreeing).body()).isEqualTo("acme");
  }

  @Test
  void two_names_that_differ_are_a_400() throws Exception {
    assertBad(test.send(test.to("/tenant?tenant_id=b").header("X-Tenant-ID", "a")));
    assertBad(test.send(test.post("/tenant?tenant_id=b", "a")));
    var twice = test.to("/tenant").header("X-Tenant-ID", "a").header("X-Tenant-ID", "b");
    assertThat(test.send(twice).statusCode()).isEqualTo(400);
    assertBad(test.send(test.post("/tenant", "a").header("X-Tenant-ID", "b")));
  }

  @Test
  void a_name_has_its_letters_and_its_length() throws Exception {
    assertThat(test.get("/tenant?tenant_id=" + "a".repeat(64)).statusCode()).isEqualTo(200);
    assertBad(test.get("/tenant?tenant_id=" + "a".repeat(65)));
    assertBad(test.get("/tenant?tenant_id=a%2Fb"));
    assertBad(test.get("/tenant?tenant_id="));
    assertBad(test.get("/tenant?tenant_id=trending"));
  }

  @Test
  void a_key_of_one_tenant_opens_no_other() throws Exception {
    String key = test.key(Kind.SERVER, Optional.of("acme"), List.of());
    assertThat(test.send(with(key, "/tenant")).body()).isEqualTo("acme");
    assertThat(test.send(with(key, "/tenant?tenant_id=acme")).body()).isEqualTo("acme");
    assertThat(test.send(with(key, "/tenant?tenant_id=other")).statusCode()).isEqualTo(403);
    assertThat(test.send(with(key, "/tenant").header("X-Tenant-ID", "default")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void with_one_tenant_another_name_is_a_400() throws Exception {
    try (var single = TestServer.start()) {
      assertThat(single.get("/tenant?tenant_id=default").statusCode()).isEqualTo(200);
      assertBad(single.get("/tenant?tenant_id=acme"));
      assertBad(single.send(single.to("/tenant").header("X-Tenant-ID", "acme")));
      assertBad(single.send(single.post("/tenant", "acme")));
    }
  }

  private HttpRequest.Builder with(String key, String path) {
    return test.anonymous(path).header("X-API-Key", key);
  }

  private static void assertBad(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"code\":\"VALIDATION_ERROR\"");
  }
}
