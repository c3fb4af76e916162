package dev.kindred.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.TestServices;
import dev.kindred.testing.Patience;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The console in a real browser, on a real server. */
@Tag(TestServices.TAG)
class ConsoleInBrowserTest {

  private static final String EVIL =
      "<img src=x onerror=hacked=1></script><script>hacked=1</script>";
  private static final String NAMES =
      "[...document.querySelectorAll('.item .title')].map(one => one.textContent).join('|')";

  private static final List<String> VIEWS =
      List.of(
          "recommend?user=ann",
          "overview",
          "catalogue",
          "catalogue/p0?type=product",
          "users",
          "users/ann",
          "models",
          "experiments",
          "experiments/colours",
          "jobs",
          "settings");
  private static final String UNNAMED =
      """
      [...document.querySelectorAll('button, a, input, select')]
        .filter(one => !(one.textContent.trim() || one.labels?.length || one.getAttribute('aria-label')))
        .map(one => one.outerHTML).join()
      """;

  @TempDir private Path folder;
  @TempDir private Path profile;

  @SuppressWarnings("NullAway.Init") // by every test, in its own way
  private TestKindred kindred;

  @SuppressWarnings("NullAway.Init")
  private Browser browser;

  private void start(Map<String, String> variables) throws Exception {
    kindred = TestKindred.onSqlite(folder, variables);
    browser = Browser.start(profile);
  }

  private void startOpen() throws Exception {
    start(Map.of("REQUIRE_API_KEY", "false", "LOG_LEVEL", "error"));
  }

  @AfterEach
  void stop() throws Exception {
    browser.close();
    kindred.close();
  }

  @Test
  void it_opens_without_a_key_and_shows_a_list_with_reasons() throws Exception {
    startOpen();
    fillShop();

    open("/console#/recommend?user=ann");

    await("document.querySelectorAll('.item').length > 3");
    assertThat(text("document.querySelector('.item .title').textContent")).startsWith("Product");
    assertThat(text("document.querySelector('.item .why').textContent")).isNotEmpty();
    assertThat(text("document.querySelector('.item .stack').getAttribute('aria-label')"))
        .startsWith("Score 0.");
    assertThat(text("document.querySelector('pre[aria-label*=curl]').textContent"))
        .startsWith("curl -X POST 'http://127.0.0.1:")
        .contains("\"user_id\":\"ann\"");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void what_the_user_does_changes_the_very_next_list() throws Exception {
    startOpen();
    fillShop();
    open("/console#/recommend?user=ann");
    await("document.querySelectorAll('.item').length > 3");
    String first = text("document.querySelector('.item').dataset.id");
    String before = text(NAMES);

    browser.evaluate("document.querySelector('.item [data-deed=purchase]').click()");

    await("document.querySelector('.told') !== null");
    assertThat(text(NAMES)).isNotEqualTo(before);
    assertThat(text("document.querySelector('.told').textContent"))
        .contains("Recorded: purchase", "left", "position");
    assertThat(text("document.querySelector('[data-id=\"" + first + "\"]') ? 'there' : 'gone'"))
        .isEqualTo("gone");
    assertThat(text("document.querySelector('.deeds .fresh .type').textContent"))
        .isEqualTo("purchase");
    var history = kindred.get("/api/v1/interactions/user/ann?limit=1").json();
    assertThat(history.at("/0/entity_id").asString()).isEqualTo(first);
    assertThat(history.at("/0/interaction_type").asString()).isEqualTo("purchase");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void why_something_is_missing_is_said() throws Exception {
    startOpen();
    fillShop();
    open("/console#/recommend?user=ann");
    await("document.querySelectorAll('.item').length > 3");

    browser.evaluate(
        """
        const form = document.querySelector('form.line');
        form.querySelector('input').value = 'p0';
        form.requestSubmit();
        """);

    await("document.querySelector('form.line + div').textContent.includes('knows it already')");
  }

  @Test
  void it_asks_for_a_key_where_one_is_needed_and_keeps_it_for_this_tab_only() throws Exception {
    start(Map.of("LOG_LEVEL", "error"));
    fillShop();
    open("/console#/recommend?user=ann");
    await("document.querySelector('.key-form') !== null");

    showKey("not-the-key");
    await(
        "document.querySelector('.key-form [role=alert]')?.textContent.includes('opens nothing')");
    showKey(TestKindred.KEY);

    await("document.querySelectorAll('.item').length > 3");
    assertThat(text("location.href")).doesNotContain(TestKindred.KEY);
    assertThat(text("JSON.stringify(localStorage)")).isEqualTo("{}");
    assertThat(text("JSON.stringify(sessionStorage)")).contains(TestKindred.KEY);
    assertThat(text("document.body.textContent")).doesNotContain(TestKindred.KEY);
  }

  @Test
  void a_key_that_opens_too_little_is_told_so() throws Exception {
    start(Map.of("LOG_LEVEL", "error"));
    String key =
        kindred
            .post(
                "/api/v1/keys",
                "{\"kind\":\"publishable\",\"tenant_id\":\"default\",\"origins\":[\"https://a.example\"]}")
            .at("/key");
    open("/console");
    await("document.querySelector('.key-form') !== null");

    showKey(key);

    await("document.querySelector('.problem')?.textContent.includes('server or admin key')");
  }

  @Test
  void hostile_attributes_stay_texts() throws Exception {
    startOpen();
    fillShop();
    String longText = "x".repeat(3_000);
    entity("evil", Map.of("name", EVIL, "category", EVIL, "image", "javascript:hacked=1"));
    entity("long", Map.of("name", longText, "category", longText));
    entity("rtl", Map.of("name", "\u202eשלום olleh", "brand", EVIL, "image", "data:text/html,x"));
    for (String id : new String[] {"evil", "long", "rtl"}) view("eve", id);
    view("ann", "evil");

    open("/console#/recommend?user=ann&count=50&seen=1");
    await("document.querySelector('[data-id=evil]') !== null");

    assertThat(text("document.querySelector('[data-id=evil] .title').textContent")).isEqualTo(EVIL);
    assertThat(text("String(document.querySelectorAll('main img, main script').length)"))
        .isEqualTo("0");
    assertThat(text("typeof window.hacked")).isEqualTo("undefined");
    browser.evaluate("location.hash = '#/overview'");
    await("document.querySelector('.bars') !== null");
    assertThat(text("typeof window.hacked")).isEqualTo("undefined");
    assertThat(text("String(document.documentElement.scrollWidth <= innerWidth)"))
        .as("nothing sticks out")
        .isEqualTo("true");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void an_empty_server_says_what_to_send_and_notices_when_it_comes() throws Exception {
    startOpen();

    open("/console");

    await("document.querySelector('.empty') !== null");
    assertThat(text("document.querySelector('.empty').textContent"))
        .contains("Nothing is here yet", "curl -X POST", "/api/v1/entities");
    browser.evaluate("location.hash = '#/overview'");
    await("document.querySelector('h1').textContent === 'Overview'");
    await("document.querySelector('.empty') !== null");
    browser.evaluate("location.hash = '#/recommend'");
    await("document.querySelector('h1').textContent === 'Recommend'");
    await("document.querySelector('.empty') !== null");

    fillShop();

    await("document.querySelector('.wish') !== null");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void every_view_fits_a_telephone_and_has_landmarks_and_names() throws Exception {
    startOpen();
    fillShop();
    kindred.post(
        "/api/v1/experiments",
        """
        {"name":"colours","start":true,"targetMetrics":["purchase"],"variants":[
          {"name":"plain","weight":50},{"name":"bright","weight":50,"config":{"diversity":0.3}}]}
        """);
    kindred.post("/api/v1/experiments/colours/assign", "{\"userId\":\"ann\"}");
    browser.narrow(375);
    for (String view : VIEWS) {
      open("/console#/" + view);
      await("document.querySelector('h1') !== null && !document.querySelector('.loading')");
      assertThat(text("document.querySelector('.problem')?.textContent")).as(view).isEmpty();
      assertThat(text("String(document.documentElement.scrollWidth)")).as(view).isEqualTo("375");
      assertThat(text("String(document.querySelectorAll('main, header, nav[aria-label]').length)"))
          .isEqualTo("3");
      assertThat(text("String(document.querySelectorAll('h1').length)")).as(view).isEqualTo("1");
      assertThat(text(UNNAMED)).as("controls without a name in " + view).isEmpty();
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void another_tenant_can_be_chosen_and_nothing_of_the_first_is_left() throws Exception {
    startOpen();
    fillShop();
    kindred.post(
        "/api/v1/entities",
        """
        {"entity_id":"q1","entity_type":"film","tenant_id":"cinema","attributes":{"title":"Rain"}}
        """);
    open("/console#/catalogue");
    await("document.querySelectorAll('.cards li').length === 8");
    await("document.querySelector('.tenant input') !== null");

    browser.evaluate(
        "document.querySelector('.tenant input').value = 'cinema';"
            + "document.querySelector('.tenant').requestSubmit()");

    await("document.querySelector('.cards li')?.textContent.includes('Rain')");
    assertThat(text("document.querySelector('main').textContent")).doesNotContain("Product");
    browser.evaluate("location.hash = '#/recommend?user=ann'");
    await("document.querySelector('.item .title')?.textContent === 'Rain'");
    assertThat(text("document.querySelector('pre[aria-label*=curl]').textContent"))
        .contains("X-Tenant-ID: cinema");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void models_are_made_anew_on_asking_and_it_says_how_that_went() throws Exception {
    startOpen();
    fillShop();
    open("/console#/models");
    await("document.querySelector('button.main')?.textContent === 'Rebuild now'");

    browser.evaluate("document.querySelector('button.main').click()");

    await("document.querySelector('.progress .pill') !== null");
    assertThat(text("document.querySelector('.progress').textContent")).contains("completed");
    await("document.querySelector('td') !== null");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void nothing_is_asked_again_while_the_page_is_hidden() throws Exception {
    startOpen();
    open("/console#/settings");

    browser.evaluate(
        """
        import('/console/poll.js').then(({ whileVisible }) => {
          window.asked = 0;
          window.isHidden = true;
          Object.defineProperty(document, 'hidden', { get: () => isHidden });
          whileVisible(async () => { window.asked++; }, 0.001, new AbortController().signal);
        })
        """);
    assertThat(text("String(asked)")).as("hidden from the start").isEqualTo("0");

    browser.evaluate("isHidden = false; document.dispatchEvent(new Event('visibilitychange'))");
    await("asked > 3");

    String sofar = text("isHidden = true, String(asked)");
    String later = "new Promise(done => setTimeout(() => done(String(asked)), 2))";
    assertThat(text(later)).as("a timer that was set before would have gone off").isEqualTo(sofar);
  }

  @Test
  void conditions_are_read_as_people_write_them() throws Exception {
    startOpen();
    open("/console");

    assertThat(filters("category=books, price>=10, price<=20.5, brand=a|b, color!=red, new=true"))
        .isEqualTo(
            "{\"category\":\"books\",\"price\":{\"gte\":10,\"lte\":20.5},\"brand\":[\"a\",\"b\"],"
                + "\"color\":{\"ne\":\"red\"},\"new\":true}");
    assertThat(filters("  ")).isEqualTo("{}");
    assertThat(filters("price<=cheap")).contains("no number");
    assertThat(filters("books")).contains("should be like");
  }

  private String filters(String text) throws Exception {
    return text(
        "import('/console/filters.js').then(({ readFilters }) => readFilters('%s'))".formatted(text)
            + ".then(({ filter, wrong }) => wrong ?? JSON.stringify(filter))");
  }

  private void open(String path) throws Exception {
    browser.open("about:blank");
    browser.open(kindred.uri(path).toString());
  }

  private void showKey(String key) throws Exception {
    browser.evaluate(
        "document.querySelector('.key-form input').value = '"
            + key
            + "'; document.querySelector('.key-form').requestSubmit()");
  }

  private void await(String condition) throws Exception {
    Patience.until(() -> browser.evaluate(condition).asBoolean(false), isSo -> isSo);
  }

  private String text(String expression) throws Exception {
    return browser.evaluate(expression).asString("");
  }

  /** Eight products, three users with a common taste, and Ann, who has looked at one. */
  private void fillShop() throws Exception {
    for (int i = 0; i < 8; i++) {
      entity("p" + i, Map.of("name", "Product " + i, "category", "c" + i % 2, "price", i + 0.5));
    }
    for (String user : new String[] {"bob", "cid", "dan"}) {
      for (int i = 0; i < 8; i++) view(user, "p" + i);
    }
    view("ann", "p0");
  }

  private void entity(String id, Map<String, Object> attributes) throws Exception {
    var made = Map.of("entity_id", id, "entity_type", "product", "attributes", attributes);
    var stored = kindred.post("/api/v1/entities", JsonMapper.shared().writeValueAsString(made));
    assertThat(stored.status()).as(stored.response().body()).isEqualTo(201);
  }

  private void view(String user, String product) throws Exception {
    var stored =
        kindred.post(
            "/api/v1/interactions",
            "{\"user_id\":\"%s\",\"entity_id\":\"%s\",\"interaction_type\":\"view\"}"
                .formatted(user, product));
    assertThat(stored.status()).as(stored.response().body()).isEqualTo(201);
  }
}
