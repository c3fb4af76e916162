/** What goes over the wire: records come back, {@link dev.kindred.client.model.Fields} are sent. */
package dev.kindred.client.model;
