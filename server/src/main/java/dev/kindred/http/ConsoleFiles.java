package dev.kindred.http;

import static dev.kindred.http.Access.OPEN;

import dev.kindred.domain.ErrorCode;
import dev.kindred.domain.KindredException;
import dev.kindred.domain.Sha256;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The console: one page, its modules and its style, as they lie in the jar. The page holds no data;
 * it asks the API for that with the key of whoever looks at it.
 */
public final class ConsoleFiles {

  private static final String FOLDER = "/console/";
  private static final String PAGE = "index.html";
  private static final Pattern PART = Pattern.compile("[a-z][a-z-]{0,60}\\.(js|css)");

  /**
   * Scripts and styles from here only, talk with this server only, and nothing of what is shown can
   * become markup. Pictures may be anywhere: shops keep theirs on hosts of their own.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data: https: http:; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

  /** What is in a file, and its name for browsers that have it already. */
  private record Kept(byte[] bytes, String type, String tag) {}

  // Holds no more than there are files: what is not there is not remembered.
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  public static List<Route> routes() {
    var files = new ConsoleFiles();
    return List.of(
        Route.get("/", OPEN, "The console, for browsers", files::front),
        Route.get("/console", OPEN, "The console", exchange -> files.answer(exchange, PAGE)),
        Route.get(
            "/console/{file}", OPEN, "A part of the console", exchange -> files.part(exchange, "")),
        Route.get(
            "/console/views/{file}",
            OPEN,
            "One of the console's views",
            exchange -> files.part(exchange, "views/")));
  }

  /** Programs that ask for the root are told that nothing is there, as for any other path. */
  private Answer front(Exchange exchange) {
    if (exchange.header("Accept").orElse("").contains("text/html")) return answer(exchange, PAGE);
    throw new KindredException(
        ErrorCode.NOT_FOUND, "there is nothing at /; see /api/docs, or /console in a browser");
  }

  private Answer part(Exchange exchange, String folder) {
    String file = exchange.path("file");
    if (!PART.matcher(file).matches()) throw missing(file);
    return answer(exchange, folder + file);
  }

  private Answer answer(Exchange exchange, String path) {
    Kept file = kept.computeIfAbsent(path, ConsoleFiles::read);
    if (file == null) throw missing(path);
    boolean isKnown =
        exchange.header("If-None-Match").map(known -> known.contains(file.tag())).orElse(false);
    Answer answer =
        isKnown ? Answer.of(304, "", new byte[0]) : Answer.of(200, file.type(), file.bytes());
    return answer
        .with("ETag", "W/" + file.tag())
        // Kept, but asked for each time: page and modules of two versions would not fit together.
        .with("Cache-Control", "no-cache")
        .with("Content-Security-Policy", POLICY)
        .with("Referrer-Policy", "no-referrer")
        .with("Cross-Origin-Opener-Policy", "same-origin");
  }

  private static KindredException missing(String file) {
    return new KindredException(
        ErrorCode.NOT_FOUND, "the console has no file " + Shown.value(file));
  }

  private static @Nullable Kept read(String path) {
    return Bundled.find(FOLDER + path)
        .map(bytes -> new Kept(bytes, type(path), '"' + digest(bytes) + '"'))
        .orElse(null);
  }

  private static String type(String path) {
    String ending = path.substring(path.lastIndexOf('.') + 1);
    return switch (ending) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      default -> "text/javascript; charset=utf-8";
    };
  }

  private static String digest(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes), 0, 12);
  }
}
