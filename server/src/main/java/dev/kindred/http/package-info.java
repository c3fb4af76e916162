/**
 * The rim: routes, keys and tenants, limits, errors and their statuses, health, metrics. Nothing
 * behind it knows of HTTP.
 */
@NullMarked
package dev.kindred.http;

import org.jspecify.annotations.NullMarked;
