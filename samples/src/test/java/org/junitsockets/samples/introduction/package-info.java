/**
 * Sockets, for somebody who has never used one: read the lessons in the order of their numbers, and
 * run them. Each is a page that explains in words first and shows it in code after; each test is one
 * fact about sockets that is true on your machine as well.
 *
 * <p>Nothing here leaves your machine. Where a textbook would connect to a web server on the
 * Internet, these tests connect to a stand-in that the test itself brings along.
 */
package org.junitsockets.samples.introduction;
