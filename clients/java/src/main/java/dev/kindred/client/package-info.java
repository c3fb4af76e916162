/**
 * The Java client of Kindred, a recommendation engine. Begin at {@link dev.kindred.client.Kindred}.
 */
package dev.kindred.client;
