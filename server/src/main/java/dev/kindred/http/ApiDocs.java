package dev.kindred.http;

import static dev.kindred.http.Access.OPEN;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** The API's own description: OpenAPI as JSON, and a page to browse it that needs no network. */
final class ApiDocs {

  private static final String DOCUMENT = "/openapi/kindred.yaml";
  private static final String PAGE = "/openapi/page.html";
  // The page holds its own script and style, and talks to nobody but this server.
  private static final String PAGE_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'";

  private final byte[] document;
  private final byte[] page;

  ApiDocs() {
    document = toJson(Bundled.require(DOCUMENT));
    page = Bundled.require(PAGE);
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/docs", OPEN, "This API as OpenAPI", _ -> Answer.ok(document)),
        Route.get("/docs", OPEN, "This API, to browse", _ -> page()));
  }

  private Answer page() {
    return Answer.of(200, "text/html; charset=utf-8", page)
        .with("Content-Security-Policy", PAGE_POLICY);
  }

  private static byte[] toJson(byte[] yaml) {
    var json = new ByteArrayOutputStream(yaml.length);
    try (JsonParser parser =
            new YAMLFactory().createParser(ObjectReadContext.empty(), new String(yaml, UTF_8));
        JsonGenerator generator =
            new JsonFactory().createGenerator(ObjectWriteContext.empty(), json)) {
      while (parser.nextToken() != null) generator.copyCurrentEvent(parser);
    }
    return json.toByteArray();
  }
}
