package dev.kindred.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.kindred.TestServices;
import dev.kindred.testing.Patience;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The snippet for shops' pages, in a real browser, on a page with a strict policy. */
@Tag(TestServices.TAG)
class WidgetTest {

  private static final int PACKED_BYTES_MAX = 12 << 10;
  private static final String EVIL = "<img src=x onerror=hacked=1><script>hacked=1</script>";

  @TempDir private Path folder;
  @TempDir private Path profile;
  private TestKindred kindred;
  private HttpServer shop;
  private String origin = "";
  private String key = "";
  private Browser browser;

  @BeforeEach
  void start() throws Exception {
    kindred = TestKindred.onSqlite(folder, Map.of());
    shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.start();
    origin = "http://127.0.0.1:" + shop.getAddress().getPort();
    key =
        kindred
            .post(
                "/api/v1/keys",
                "{\"kind\":\"publishable\",\"tenant_id\":\"default\",\"origins\":[\""
                    + origin
                    + "\"]}")
            .at("/key");
    for (int i = 0; i < 6; i++) {
      product(
          "p" + i, "{\"name\":\"Product %d\",\"price\":%d.5,\"url\":\"/p/%d\"}".formatted(i, i, i));
    }
    browser = Browser.start(profile);
  }

  @AfterEach
  void stop() throws Exception {
    browser.close();
    shop.stop(0);
    kindred.close();
  }

  @Test
  void the_script_is_small_and_makes_no_markup_of_data() throws Exception {
    var script = kindred.get("/widget.js", "X-API-Key", "");
    assertThat(script.status()).isEqualTo(200);
    assertThat(script.header("Content-Type")).startsWith("text/javascript");
    assertThat(script.header("Cache-Control")).contains("max-age");
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(script.response().body().getBytes(UTF_8));
    }
    assertThat(packed.size()).isLessThan(PACKED_BYTES_MAX);
    assertThat(script.response().body())
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
    assertThat(kindred.get("/widget.css").header("Content-Type")).startsWith("text/css");
  }

  @Test
  void a_row_is_shown_with_names_prices_and_links_and_can_be_used_without_a_mouse()
      throws Exception {
    open("<div data-kindred=popular data-title='You may like' data-count=4 data-layout=carousel>");

    assertThat(text("document.querySelector('section.kindred').getAttribute('aria-label')"))
        .isEqualTo("You may like");
    assertThat(text("String(document.querySelectorAll('.kindred-item').length)")).isEqualTo("4");
    assertThat(text("document.querySelector('.kindred-item a').pathname")).startsWith("/p/");
    assertThat(text("document.querySelector('.kindred-price').textContent")).contains("5");
    assertThat(text("document.querySelector('.kindred-next').getAttribute('aria-label')"))
        .isEqualTo("Next");
    assertThat(text("String(document.querySelector('.kindred-items').tabIndex)")).isEqualTo("0");
    assertThat(text("getComputedStyle(document.querySelector('.kindred-items')).display"))
        .as("the style came, too")
        .isEqualTo("grid");
  }

  @Test
  void hostile_attributes_stay_texts_and_lead_nowhere() throws Exception {
    product(
        "evil",
        "{\"name\":\"%s\",\"url\":\"javascript:hacked=1\",\"image\":\"data:text/html,x\",\"price\":\"%s\"}"
            .formatted(EVIL, EVIL));

    open("<div data-kindred=popular data-count=20>");

    String evil = "document.querySelector('[data-kindred-item=evil]')";
    assertThat(text(evil + ".querySelector('.kindred-name').textContent")).isEqualTo(EVIL);
    assertThat(text(evil + ".querySelector('.kindred-price').textContent")).isEqualTo(EVIL);
    assertThat(text("String(" + evil + ".querySelectorAll('a, img, script').length)"))
        .isEqualTo("0");
    assertThat(text("typeof window.hacked")).isEqualTo("undefined");
  }

  @Test
  void what_is_seen_and_clicked_is_told_once_with_the_list_it_came_from() throws Exception {
    open("<div data-kindred=popular data-count=3>");

    String user = text("JSON.stringify(localStorage.getItem('kindred.user'))").replace("\"", "");
    assertThat(interactions(user, "impression")).contains("impression");
    browser.evaluate(
        "addEventListener('click', e => e.preventDefault());"
            + "document.querySelector('.kindred-item a').click()");

    List<String> told = interactions(user, "click");
    assertThat(told).contains("impression", "click").doesNotHaveDuplicates();
  }

  @Test
  void what_could_not_be_told_is_told_later() throws Exception {
    open("<p>");
    browser.evaluate(
        "real = window.fetch; window.fetch = () => Promise.reject(new TypeError('offline'));"
            + "Kindred.setUser('ann').trackEvent('add_to_cart', 'p1')");
    assertThat(text("localStorage.getItem('kindred.queue')")).contains("add_to_cart");

    browser.evaluate("window.fetch = real; dispatchEvent(new Event('online'))");

    assertThat(interactions("ann", "add_to_cart")).containsExactly("add_to_cart");
    assertThat(
            text(
                "new Promise(r => (function f() { const q ="
                    + " localStorage.getItem('kindred.queue'); q === '[]' ? r(q) : setTimeout(f, 20) })())"))
        .isEqualTo("[]");
  }

  @Test
  void a_live_counter_follows_what_happens() throws Exception {
    open("<span data-kindred-live=viewingNow data-product=p1 data-text='{count} are looking'>");
    kindred.post(
        "/api/v1/interactions",
        "{\"user_id\":\"bob\",\"entity_id\":\"p1\",\"interaction_type\":\"view\"}");

    assertThat(
            text(
                "new Promise(r => { const host = document.querySelector('[data-kindred-live]');"
                    + "const look = () => host.textContent.trim() && !host.hidden && r(host.textContent);"
                    + "look(); Kindred.on('activity', look) })"))
        .isEqualTo("1 are looking");
  }

  /** Opens a page of the shop with that in its body, and waits for what it shows. */
  private void open(String body) throws Exception {
    String server = kindred.uri("").toString();
    String page =
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>
        <link rel="stylesheet" href="%s/widget.css">
        <script src="%s/widget.js" data-key="%s" defer></script>
        <body>%s
        """
            .formatted(server, server, key, body);
    String policy =
        "default-src 'none'; script-src %s; style-src %s; connect-src %s %s; img-src *"
            .formatted(server, server, server, server.replaceFirst("http", "ws"));
    shop.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.getResponseHeaders().set("Content-Security-Policy", policy);
          byte[] bytes = page.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    browser.open(origin + "/");
    if (body.contains("data-kindred=")) {
      browser.evaluate(
          "new Promise((ok, no) => { Kindred.on('error', e => no(e.error));"
              + "document.querySelector('.kindred-item') ? ok(1) : Kindred.on('render', ok) })"
              + ".then(() => 1)");
    }
  }

  private String text(String expression) throws Exception {
    return browser.evaluate(expression).asString("");
  }

  /** What a user did with one product, once that kind of thing is among it. */
  private List<String> interactions(String user, String awaited) throws Exception {
    List<JsonNode> all =
        Patience.until(
            () -> kindred.get("/api/v1/interactions/user/" + user).json().valueStream().toList(),
            known -> known.stream().anyMatch(one -> isOf(awaited, one)));
    JsonNode hit = all.stream().filter(one -> isOf(awaited, one)).findFirst().orElseThrow();
    return all.stream()
        .filter(one -> one.path("entity_id").equals(hit.path("entity_id")))
        .map(one -> one.path("interaction_type").asString())
        .toList();
  }

  private static boolean isOf(String type, JsonNode interaction) {
    return interaction.path("interaction_type").asString().equals(type);
  }

  private void product(String id, String attributes) throws Exception {
    var stored =
        kindred.post(
            "/api/v1/products/default",
            "{\"entity_id\":\"%s\",\"attributes\":%s}".formatted(id, attributes));
    assertThat(stored.status()).as(stored.response().body()).isEqualTo(201);
  }
}
