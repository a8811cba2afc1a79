using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Channels.Delivery;

/// <summary>
/// One call of a vendor's API: tried once, its answer read whole, and one verdict. Done and refused are returned, later and unknown are thrown.
/// </summary>
/// <param name="http">Made for this call; it follows no redirect.</param>
/// <param name="vendor">The vendor's name, as a sentence begins: Twilio.</param>
/// <param name="patience">How long the call may take.</param>
internal sealed class VendorCall(HttpClient http, string vendor, TimeSpan patience, TimeProvider clock)
{
    /// <summary>Bytes of an answer; a longer one is nothing that an API says.</summary>
    public const int LargestAnswer = 4 << 20;

    private static readonly HttpRequestError[] _neverReached =
        [HttpRequestError.ConnectionError, HttpRequestError.NameResolutionError, HttpRequestError.SecureConnectionError];

    // "After 0 seconds" is no rest at all.
    private static readonly TimeSpan _shortestRest = TimeSpan.FromSeconds(1);

    /// <summary>Statuses by which this vendor says that nothing was done and that another try may succeed, besides 429 and 503.</summary>
    public HttpStatusCode[] AlsoLater { get; init; } = [];

    /// <summary>How long to stay away where the vendor says "later" without Retry-After.</summary>
    public TimeSpan UsualRest { get; init; }

    /// <summary>Told when the vendor says that it is called too often, and for how long it wants to rest.</summary>
    public Action<TimeSpan>? TooOften { get; init; }

    /// <exception cref="TryLaterException">Nothing was done, and later it may.</exception>
    /// <exception cref="HttpRequestException">Nobody knows whether it was done.</exception>
    public async Task<VendorAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var answer = await CallAsync(request, cancellation);
        var rest = answer.RetryAfter ?? UsualRest;
        if (answer.Status == HttpStatusCode.TooManyRequests)
            TooOften?.Invoke(rest);
        if (answer.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable || AlsoLater.Contains(answer.Status))
            throw new TryLaterException($"{vendor} answered {(int)answer.Status}.", rest);
        // What else a server says of itself may come after it did what it was asked.
        return (int)answer.Status >= 500 || answer.Status == HttpStatusCode.RequestTimeout
            ? throw new HttpRequestException($"{vendor} answered {(int)answer.Status}.", null, answer.Status)
            : answer;
    }

    private async Task<VendorAnswer> CallAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            using var response = await http.SendAsync(request, limit.Token);
            return new VendorAnswer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(limit.Token), RestOf(response.Headers.RetryAfter));
        }
        catch (HttpRequestException error) when (_neverReached.Contains(error.HttpRequestError))
        {
            throw new TryLaterException($"{vendor} could not be reached.", TimeSpan.Zero, error);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException($"{vendor} did not answer within {patience}.", error);
        }
    }

    private TimeSpan? RestOf(RetryConditionHeaderValue? asked)
    {
        var rest = asked?.Delta ?? (asked?.Date is { } date ? date - clock.GetUtcNow() : (TimeSpan?)null);
        return rest < _shortestRest ? _shortestRest : rest;
    }
}

/// <param name="Status">Of a call that was done or refused.</param>
/// <param name="Body">Empty where it said nothing.</param>
/// <param name="RetryAfter">How long it asks not to be called again; null: it does not say.</param>
internal sealed record VendorAnswer(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter)
{
    /// <summary>It did what it was asked; otherwise it refuses, and did nothing.</summary>
    public bool IsDone => (int)Status is >= 200 and < 300;

    public string Text => Encoding.UTF8.GetString(Body);
}
