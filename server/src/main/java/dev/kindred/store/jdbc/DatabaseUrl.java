package dev.kindred.store.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a database is: {@code sqlite:PATH} or {@code postgresql://user:password@host:port/name},
 * each also with {@code jdbc:} before it.
 *
 * <p>Its text never shows the password.
 */
public sealed interface DatabaseUrl {

  /** A file. */
  record Sqlite(Path file) implements DatabaseUrl {
    @Override
    public String toString() {
      return "sqlite:" + file;
    }
  }

  /**
   * A server.
   *
   * @param address host and port as in the URL, several of them separated by commas
   * @param parameters the driver's own, as in the URL after the question mark
   */
  record Postgresql(
      String address,
      String database,
      Optional<String> user,
      Optional<String> password,
      String parameters)
      implements DatabaseUrl {

    /** As the driver wants it; user and password are handed over apart from it. */
    public String forDriver() {
      return "jdbc:postgresql://"
          + address
          + "/"
          + database
          + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    @Override
    public String toString() {
      return "postgresql://"
          + user.map(name -> name + (password.isPresent() ? ":***" : "") + "@").orElse("")
          + address
          + "/"
          + database;
    }
  }

  static DatabaseUrl parse(String text) {
    String url = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
    if (url.startsWith("sqlite:")) return sqlite(url.substring("sqlite:".length()));
    if (url.startsWith("postgresql://")) {
      return postgresql(url.substring("postgresql://".length()));
    }
    if (url.startsWith("postgres://")) return postgresql(url.substring("postgres://".length()));
    throw new IllegalArgumentException(
        "the database URL must be sqlite:PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME; it"
            + " begins with neither");
  }

  private static Sqlite sqlite(String rest) {
    String path = rest.startsWith("//") ? rest.substring(2) : rest;
    if (path.isEmpty() || path.startsWith(":memory:")) {
      throw new IllegalArgumentException("sqlite: must be followed by the path of a file");
    }
    try {
      return new Sqlite(Path.of(path));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("sqlite: is not followed by a path: " + e.getReason(), e);
    }
  }

  private static Postgresql postgresql(String rest) {
    int question = rest.indexOf('?');
    String beforeParameters = question < 0 ? rest : rest.substring(0, question);
    int slash = beforeParameters.lastIndexOf('/');
    String authority = slash < 0 ? beforeParameters : beforeParameters.substring(0, slash);
    String database = slash < 0 ? "" : beforeParameters.substring(slash + 1);
    int at = authority.lastIndexOf('@');
    String address = authority.substring(at + 1);
    if (database.isEmpty() || address.isEmpty()) {
      throw new IllegalArgumentException(
          "a PostgreSQL URL must name host and database: postgresql://USER:PASSWORD@HOST:PORT/NAME");
    }
    String login = at < 0 ? "" : authority.substring(0, at);
    int colon = login.indexOf(':');
    String user = colon < 0 ? login : login.substring(0, colon);
    String password = colon < 0 ? "" : login.substring(colon + 1);
    var others = new StringBuilder();
    for (String parameter : (question < 0 ? "" : rest.substring(question + 1)).split("&", -1)) {
      if (parameter.startsWith("user=")) user = parameter.substring("user=".length());
      else if (parameter.startsWith("password=")) {
        password = parameter.substring("password=".length());
      } else if (!parameter.isEmpty()) {
        others.append(others.isEmpty() ? "" : "&").append(parameter);
      }
    }
    return new Postgresql(address, database, decoded(user), decoded(password), others.toString());
  }

  private static Optional<String> decoded(String text) {
    if (text.isEmpty()) return Optional.empty();
    try {
      // In this part of a URL a plus sign stands for itself.
      return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), UTF_8));
    } catch (IllegalArgumentException e) {
      // The message of the cause would show what may be a password.
      throw new IllegalArgumentException(
          "user or password in the database URL has a '%' that is not followed by two hex digits");
    }
  }
}
