using Atmosphere.Bench.Doors;
namespace Atmosphere.Bench.WhatsApp;

/// <param name="Rate">Webhooks a second.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Senders">Parents who write in turn.</param>
/// <param name="Photos">Files that are posted as class photos all the while, round and round.</param>
internal sealed record WhatsAppPlan(int Rate, int Seconds, int Senders, IReadOnlyList<string> Photos)
{
    /// <summary>One webhook in so many comes a second time, as after a lost answer.</summary>
    public const int RepeatedEvery = 50;

    public int Messages => Rate * Seconds;
}

/// <param name="Messages">Different messages that were sent, and answered with 200.</param>
/// <param name="Refused">Webhooks that were answered with something else.</param>
/// <param name="Repeated">Webhooks that came a second time.</param>
/// <param name="Lost">Messages that are not stored.</param>
/// <param name="Doubled">Turns beyond one for a message.</param>
/// <param name="Unanswered">Turns without a reply.</param>
/// <param name="Replies">Replies that were to be sent.</param>
/// <param name="RepliesLost">Of those, how many never arrived at Twilio.</param>
/// <param name="RepliesDoubled">How many arrived more often than once.</param>
/// <param name="Photos">Photos that were recognised meanwhile.</param>
/// <param name="Door">One answer time a webhook.</param>
/// <param name="AllAnswered">From the last webhook until everything was answered and sent.</param>
internal sealed record WhatsAppResult(
    int Messages, int Refused, int Repeated, int Lost, int Doubled, int Unanswered, int Replies, int RepliesLost, int RepliesDoubled, int Photos,
    DoorTimes Door, TimeSpan AllAnswered)
{
    /// <summary>Nothing was lost, nothing was doubled.</summary>
    public bool IsWhole => (Refused, Lost, Doubled, Unanswered, RepliesLost, RepliesDoubled) == default;
}
