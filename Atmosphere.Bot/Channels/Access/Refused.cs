
namespace Atmosphere.Bot.Channels.Access;

/// <summary>Refusals as application/problem+json, with a sentence for people.</summary>
internal static class Refused
{
    public static IResult Because(int status, string sentence) => Results.Problem(sentence, statusCode: status);

    /// <summary>507. The exception names the folder, which is nobody's business outside.</summary>
    public static IResult NoSpace => Because(507, "The server's disk is full; nothing was stored. Send it again when there is space.");
}

/// <summary>A request that cannot be served; becomes <see cref="Refused"/>.</summary>
internal sealed class RefusedRequestException(int status, string sentence) : Exception(sentence)
{
    public int Status { get; } = status;
}
