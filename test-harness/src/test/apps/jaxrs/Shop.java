/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** An application with cached JAX-RS resource methods. */
public final class Shop implements ServletContainerInitializer {

  /** As it is written for a client, too. */
  public interface Listing {
    @GET
    @Path("/{id}/listed")
    String listed(@PathParam("id") long id);
  }

  /** What the shop sells. */
  @Path("/items")
  @Produces("application/json")
  public static final class Items implements Listing {

    private static final AtomicInteger RUNS = new AtomicInteger();

    @GET
    @Path("/{id}")
    @Cache(value = "item", ttl = "60s", key = "{id}", scope = "shared")
    public String item(@PathParam("id") long id) {
      return text(id);
    }

    @GET
    @Path("/{id}/later")
    @Cache(value = "later", ttl = "60s", key = "{id}", scope = "shared")
    public CompletionStage<String> later(@PathParam("id") long id) {
      return CompletableFuture.supplyAsync(() -> text(id));
    }

    @GET
    @Path("/{id}/cookie")
    @Cache(value = "cookie", ttl = "60s", key = "{id}", scope = "shared")
    public Response cookie(@PathParam("id") long id) {
      @SuppressWarnings("deprecation") // of a builder that javax does not have
      NewCookie seen = new NewCookie("seen", String.valueOf(id));
      return Response.ok(text(id)).cookie(seen).build();
    }

    @Override
    @Cache(value = "listed", ttl = "60s", key = "{id}", scope = "shared")
    public String listed(long id) {
      return text(id);
    }

    @GET
    @Path("/{id}/plain")
    public String plain(@PathParam("id") long id) {
      return text(id);
    }

    private static String text(long id) {
      return "{\"id\":" + id + ",\"run\":" + RUNS.incrementAndGet() + "}";
    }
  }

  /** The application, to be given to the framework by name. */
  public static final class Shelf extends Application {
    @Override
    public Set<Class<?>> getClasses() {
      return Set.of(Items.class);
    }
  }

  /** Starts the framework's servlet, which the property {@code shop.servlet} names. */
  @Override
  public void onStartup(Set<Class<?>> none, ServletContext context) {
    var jaxrs = context.addServlet("jaxrs", System.getProperty("shop.servlet"));
    jaxrs.setInitParameter("jakarta.ws.rs.Application", Shelf.class.getName());
    jaxrs.setAsyncSupported(true);
    jaxrs.addMapping("/*");
  }
}
