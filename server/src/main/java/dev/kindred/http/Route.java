package dev.kindred.http;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One thing that can be asked for.
 *
 * @param template the path, with the names of its parameters in braces: {@code
 *     /api/v1/entities/{entity_id}}
 * @param summary what it does, in a few words; stands in the API document
 */
public record Route(
    Method method,
    String template,
    Access access,
    String summary,
    Handler handler,
    Set<Trait> traits) {

  /** The methods that routes are made for. HEAD and OPTIONS follow from them. */
  public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
  }

  /** What the rim has to know about a route beyond who may call it. */
  public enum Trait {
    /**
     * The handler reads {@link Exchange#bodyStream()}; the limit for bodies does not count there.
     */
    STREAMED_BODY,
    /** The connection becomes a WebSocket; a page may show its key in the query. */
    SOCKET,
    /**
     * Neither counted against a rate limit nor refused while the server is starting or stopping.
     */
    OPERATION,
    /** A request that is wrong is a 422, with a list {@code detail} beside the error. */
    WRONG_IS_422
  }

  public Route {
    traits = Set.copyOf(traits);
    if (!template.startsWith("/")) {
      throw new IllegalArgumentException("a template begins with '/': " + template);
    }
  }

  public static Route get(String template, Access access, String summary, Handler handler) {
    return new Route(Method.GET, template, access, summary, handler, Set.of());
  }

  public static Route post(String template, Access access, String summary, Handler handler) {
    return new Route(Method.POST, template, access, summary, handler, Set.of());
  }

  public static Route put(String template, Access access, String summary, Handler handler) {
    return new Route(Method.PUT, template, access, summary, handler, Set.of());
  }

  public static Route patch(String template, Access access, String summary, Handler handler) {
    return new Route(Method.PATCH, template, access, summary, handler, Set.of());
  }

  public static Route delete(String template, Access access, String summary, Handler handler) {
    return new Route(Method.DELETE, template, access, summary, handler, Set.of());
  }

  /** The same route, with one more trait. */
  public Route with(Trait trait) {
    var more = EnumSet.of(trait);
    more.addAll(traits);
    return new Route(method, template, access, summary, handler, more);
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** The names in the braces, from left to right. */
  public List<String> parameters() {
    var names = new ArrayList<String>();
    for (String segment : template.split("/", -1)) {
      if (isParameter(segment)) names.add(segment.substring(1, segment.length() - 1));
    }
    return List.copyOf(names);
  }

  static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  @Override
  public String toString() {
    return method + " " + template;
  }
}
