package dev.kindred.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Whole HTTP/1.1 requests as bytes. */
public final class HttpRequest {

  private HttpRequest() {}

  public static byte[] get(String path, String key) {
    return head("GET", path, key, "").append("\r\n").toString().getBytes(US_ASCII);
  }

  public static byte[] post(String path, String key, String json) {
    return post(path, key, "application/json", json.getBytes(UTF_8));
  }

  public static byte[] post(String path, String key, String contentType, byte[] body) {
    byte[] head =
        head("POST", path, key, "Content-Type: " + contentType + "\r\n")
            .append("Content-Length: ")
            .append(body.length)
            .append("\r\n\r\n")
            .toString()
            .getBytes(US_ASCII);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  private static StringBuilder head(String method, String path, String key, String more) {
    return new StringBuilder(256)
        .append(method)
        .append(' ')
        .append(path)
        .append(" HTTP/1.1\r\nHost: localhost\r\nX-API-Key: ")
        .append(key)
        .append("\r\n")
        .append(more);
  }
}
