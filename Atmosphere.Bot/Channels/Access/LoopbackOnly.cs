namespace Atmosphere.Bot.Channels.Access;

internal static class LoopbackOnly
{
    /// <summary>Puts the <see cref="LoopbackDoor"/> before the endpoints; a refusal is 403 problem+json with a sentence.</summary>
    public static TBuilder RequireLoopback<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(async (invocation, next) =>
        {
            var door = invocation.HttpContext.RequestServices.GetRequiredService<LoopbackDoor>();
            return door.Refusal(invocation.HttpContext) is { } refusal ? Refused.Because(403, refusal) : await next(invocation);
        });
}
