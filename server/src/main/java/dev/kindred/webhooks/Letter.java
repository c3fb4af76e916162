package dev.kindred.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A message as it goes over the wire.
 *
 * @param id the same at every try, so that a receiver can tell a repetition
 * @param event what it is about
 */
public record Letter(String id, String event, byte[] body) {

  private static final String HMAC = "HmacSHA256";

  /**
   * The headers that tell what it is and prove who sent it: those of Standard Webhooks, and those
   * that earlier receivers look at. While two secrets are good there are signatures of both; the
   * earlier headers hold one each, so the older stands in one of its own.
   *
   * @param secrets those that are good, the newest first
   */
  Map<String, String> headers(List<String> secrets, Instant now) {
    String timestamp = Long.toString(now.getEpochSecond());
    var headers = new LinkedHashMap<String, String>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", timestamp);
    headers.put(
        "webhook-signature",
        secrets.stream()
            .map(secret -> "v1," + standard(Secrets.key(secret), timestamp))
            .collect(joining(" ")));
    headers.put("X-Webhook-Event", event);
    headers.put("X-Webhook-Timestamp", timestamp);
    headers.put("X-Webhook-Signature", earlier(secrets.getFirst(), timestamp));
    if (secrets.size() > 1) {
      headers.put("X-Webhook-Signature-Previous", earlier(secrets.get(1), timestamp));
    }
    return headers;
  }

  private String standard(byte[] key, String timestamp) {
    return Base64.getEncoder().encodeToString(hmac(key, id + "." + timestamp + "."));
  }

  private String earlier(String secret, String timestamp) {
    return "sha256=" + HexFormat.of().formatHex(hmac(secret.getBytes(UTF_8), timestamp + "."));
  }

  private byte[] hmac(byte[] key, String before) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      mac.update(before.getBytes(UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has " + HMAC, e);
    }
  }
}
