package dev.kindred.http;

import dev.kindred.domain.ApiKey;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Who is asking.
 *
 * @param key absent where none is required and none was sent
 * @param address the client's, as far as trusted proxies tell it
 */
public record Caller(Optional<ApiKey> key, InetAddress address) {}
