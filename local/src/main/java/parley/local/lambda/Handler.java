package parley.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/** A function's code as Lambda calls it: the event's bytes in, the answer's out. */
@FunctionalInterface
public interface Handler {
  /**
   * @throws IOException if a stream handler throws it
   * @throws InterruptedException if nobody waits for the answer any more
   */
  Invocation handle(byte[] event, Context context) throws IOException, InterruptedException;

  /**
   * Adapts an object of a handler class, as Lambda's managed runtime does. Events and responses are
   * marshalled by the library that Lambda's own runtime uses.
   *
   * @throws IllegalArgumentException if it is none, or if its event's type cannot be told
   */
  static Handler of(Object handler) {
    return switch (handler) {
      case RequestStreamHandler stream ->
          (event, context) -> {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            stream.handleRequest(new ByteArrayInputStream(event), output, context);
            return new Invocation(output.toByteArray(), false);
          };
      case RequestHandler<?, ?> typed -> typed(typed);
      default ->
          throw new IllegalArgumentException(
              handler.getClass().getName()
                  + " is neither a RequestHandler nor a RequestStreamHandler");
    };
  }

  private static Handler typed(RequestHandler<?, ?> handler) {
    Type[] types = typeArguments(handler.getClass());
    PojoSerializer<Object> input = serializer(types[0]);
    PojoSerializer<Object> output = serializer(types[1]);
    @SuppressWarnings("unchecked") // its type arguments are what the serializers were made for
    RequestHandler<Object, Object> requestHandler = (RequestHandler<Object, Object>) handler;
    return (event, context) -> {
      Object response =
          requestHandler.handleRequest(input.fromJson(new ByteArrayInputStream(event)), context);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      output.toJson(response, bytes);
      return new Invocation(bytes.toByteArray(), false);
    };
  }

  private static Type[] typeArguments(Class<?> handlerClass) {
    for (Class<?> type = handlerClass; type != null; type = type.getSuperclass()) {
      for (Type implemented : type.getGenericInterfaces()) {
        if (implemented instanceof ParameterizedType parameterized
            && parameterized.getRawType() == RequestHandler.class) {
          return parameterized.getActualTypeArguments();
        }
      }
    }
    throw new IllegalArgumentException(
        handlerClass.getName() + " does not tell the types of its event and response");
  }

  @SuppressWarnings("unchecked") // as the library's own interface does for types known at run time
  private static PojoSerializer<Object> serializer(Type type) {
    if (type instanceof Class<?> known
        && LambdaEventSerializers.isLambdaSupportedEvent(known.getName())) {
      return (PojoSerializer<Object>)
          LambdaEventSerializers.serializerFor(known, known.getClassLoader());
    }
    return JacksonFactory.getInstance().getSerializer(type);
  }
}
