using Atmosphere.Bot.Channels.Access;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Webhooks;

/// <summary>What the doors of carriers answer when they refuse.</summary>
internal static class Refusals
{
    public static TBuilder AnswerRefusals<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(async (invocation, next) =>
        {
            invocation.HttpContext.Response.Headers.CacheControl = "no-store";
            try
            {
                return await next(invocation);
            }
            catch (RefusedRequestException refused)
            {
                return Refused.Because(refused.Status, refused.Message);
            }
            catch (StorageFullException)
            {
                return Refused.NoSpace;
            }
            catch (OperationCanceledException) when (invocation.HttpContext.RequestAborted.IsCancellationRequested)
            {
                // Nobody is there to read it; whether it was stored shows when it is sent again.
                return Refused.Because(400, "The connection broke off.");
            }
        });
}
