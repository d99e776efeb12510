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
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
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

    @Context private Request request;

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

    @GET
    @Path("/{id}/answer")
    @Cache(value = "answer", ttl = "60s", key = "{id}", scope = "shared")
    public Response answer(@PathParam("id") long id) {
      CacheControl minute = new CacheControl();
      minute.setMaxAge(60);
      return Response.status(200, "Fine")
          .entity(text(id))
          .cacheControl(minute)
          .tag(new EntityTag("own", true))
          .lastModified(new Date(1_700_000_000_000L))
          .language(Locale.CANADA_FRENCH)
          .link(URI.create("http://elsewhere.example/next"), "next")
          .header("X-Many", "one")
          .header("X-Many", 2)
          .build();
    }

    @GET
    @Path("/{id}/names")
    @Produces("text/plain")
    @Cache(value = "names", ttl = "60s", key = "{id}", scope = "shared")
    public Response names(@PathParam("id") long id) throws ReflectiveOperationException {
      List<Name> names = new ArrayList<>(List.of(new Name(text(id)), new Name("second")));
      Annotation[] marks = Items.class.getMethod("plain", long.class).getAnnotations();
      return Response.ok().entity(new GenericEntity<List<Name>>(names) {}, marks).build();
    }

    @GET
    @Path("/{id}/names/later")
    @Produces("text/plain")
    @Cache(value = "laterNames", ttl = "60s", key = "{id}", scope = "shared")
    public CompletionStage<Response> namesLater(@PathParam("id") long id) {
      return CompletableFuture.supplyAsync(
          () -> {
            List<Name> names = new ArrayList<>(List.of(new Name(text(id))));
            return Response.ok(new GenericEntity<List<Name>>(names) {}).build();
          });
    }

    @GET
    @Path("/{id}/entity")
    @Produces("text/plain")
    @Cache(value = "entity", ttl = "60s", key = "{id}", scope = "shared")
    public GenericEntity<List<Name>> entity(@PathParam("id") long id) {
      return new GenericEntity<List<Name>>(new ArrayList<>(List.of(new Name(text(id))))) {};
    }

    @GET
    @Path("/{id}/none")
    @Cache(value = "none", ttl = "60s", key = "{id}", scope = "shared")
    public Response none(@PathParam("id") long id) {
      return Response.noContent().header("X-Run", text(id)).build();
    }

    @GET
    @Path("/{id}/shared")
    @Cache(value = "sharedAnswer", ttl = "60s", key = "{id}", scope = "shared")
    public Response shared(@PathParam("id") long id) {
      return Response.ok(text(id)).build();
    }

    @GET
    @Path("/{id}/written")
    @Cache(value = "written", ttl = "60s", key = "{id}", scope = "shared")
    public Response written(@PathParam("id") long id) {
      String text = text(id);
      StreamingOutput output =
          new StreamingOutput() {
            @Override
            public void write(OutputStream to) throws IOException {
              to.write(text.getBytes(StandardCharsets.UTF_8));
            }
          };
      return Response.ok(output).build();
    }

    @GET
    @Path("/{id}/read")
    @Cache(value = "read", ttl = "60s", key = "{id}", scope = "shared")
    public Response read(@PathParam("id") long id) {
      return Response.ok(new ByteArrayInputStream(text(id).getBytes(StandardCharsets.UTF_8)))
          .build();
    }

    @GET
    @Path("/{id}/private")
    @Cache(value = "private", ttl = "60s", key = "{id}", scope = "shared")
    public Response ofOne(@PathParam("id") long id) {
      CacheControl own = new CacheControl();
      own.setPrivate(true);
      return Response.ok(text(id)).cacheControl(own).build();
    }

    @GET
    @Path("/{id}/versioned")
    @Cache(value = "versioned", ttl = "60s", key = "{id}", scope = "shared")
    public Response versioned(@PathParam("id") long id) {
      EntityTag tag = new EntityTag("version-1");
      Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
      return unchanged != null ? unchanged.build() : Response.ok(text(id)).tag(tag).build();
    }

    @GET
    @Path("/{id}/moved")
    @Cache(value = "moved", ttl = "60s", key = "{id}", scope = "shared")
    public Response moved(@PathParam("id") long id) {
      return Response.temporaryRedirect(URI.create("items/" + id + "/plain")).build();
    }

    @GET
    @Path("/{id}/away")
    @Cache(value = "away", ttl = "60s", key = "{id}", scope = "shared")
    public Response away(@PathParam("id") long id) {
      URI away = URI.create("http://elsewhere.example/" + RUNS.incrementAndGet());
      return Response.temporaryRedirect(away).build();
    }

    private static String text(long id) {
      return "{\"id\":" + id + ",\"run\":" + RUNS.incrementAndGet() + "}";
    }
  }

  /** What a list may hold. */
  public static final class Name {

    private String text;

    Name(String text) {
      this.text = text;
    }
  }

  /** Writes lists of names, and of nothing else, with what they were declared as. */
  @Provider
  @Produces("text/plain")
  public static final class Names implements MessageBodyWriter<List<Name>> {

    @Override
    public boolean isWriteable(
        Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
      return generic instanceof ParameterizedType
          && ((ParameterizedType) generic).getActualTypeArguments()[0] == Name.class;
    }

    @Override
    public long getSize(
        List<Name> names, Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
      return -1;
    }

    @Override
    public void writeTo(
        List<Name> names,
        Class<?> type,
        Type generic,
        Annotation[] annotations,
        MediaType media,
        MultivaluedMap<String, Object> fields,
        OutputStream to)
        throws IOException {
      StringBuilder all = new StringBuilder();
      for (Name name : names) {
        all.append(name.text).append('\n');
      }
      // RESTEasy has none for what comes later.
      for (Annotation each : annotations == null ? new Annotation[0] : annotations) {
        if (each instanceof Path && ((Path) each).value().endsWith("plain")) {
          all.append("marked");
        }
      }
      to.write(all.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Writes into each answer, and what it holds, as filters of applications do. */
  @Provider
  public static final class Filter implements ContainerResponseFilter {

    @Override
    @SuppressWarnings("unchecked")
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
      String asker = request.getHeaderString("X-Asker");
      if (asker != null) {
        response.getHeaders().add("X-For", asker);
        response.getHeaders().add("Set-Cookie", "asker=" + asker);
      }
      if (response.getEntity() instanceof List) {
        ((List<Name>) response.getEntity()).get(0).text += " for " + asker;
      }
    }
  }

  /** The application, to be given to the framework by name. */
  public static final class Shelf extends Application {
    @Override
    public Set<Class<?>> getClasses() {
      return Set.of(Items.class, Names.class, Filter.class);
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
