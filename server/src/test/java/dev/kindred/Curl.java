package dev.kindred;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Does what a printed call of curl says, as far as our own calls go. */
final class Curl {

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private Curl() {}

  static HttpResponse<String> run(Program program, String call)
      throws IOException, InterruptedException {
    String method = "GET";
    String body = "";
    URI uri = URI.create("/");
    var headers = new ArrayList<String>();
    List<String> words =
        WORD.matcher(call)
            .results()
            .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
            .toList();
    for (int i = 1; i < words.size(); i++) {
      switch (words.get(i)) {
        case "-X" -> method = words.get(++i);
        case "-d" -> body = words.get(++i);
        case "-H" -> headers.addAll(List.of(words.get(++i).split(": ", 2)));
        default -> uri = URI.create(words.get(i));
      }
    }
    return program.ask(method, uri, body, headers.toArray(String[]::new));
  }
}
