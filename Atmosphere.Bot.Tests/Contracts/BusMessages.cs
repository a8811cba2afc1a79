using System.Collections.Concurrent;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Tests.Contracts;

/// <summary>A message of the bus tests.</summary>
/// <param name="Name">What the test knows it by.</param>
/// <param name="Key">Its order key.</param>
public sealed record Parcel(string Name, string? Key = null) : IMessage
{
    public string? OrderKey => Key;
}

/// <summary>What <see cref="Forward"/> sends on.</summary>
public sealed record ParcelForwarded(string Name) : IMessage;

/// <summary>What the steps of the bus tests saw, and what the test wants them to do.</summary>
public sealed class Depot
{
    /// <summary>Names with the step's, in the order of handling.</summary>
    public ConcurrentQueue<string> Seen { get; } = new();

    public ConcurrentQueue<string> Correlations { get; } = new();

    /// <summary>Runs inside the step, before it returns.</summary>
    public Func<Parcel, CancellationToken, Task> Work { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Runs inside the step's transaction.</summary>
    public Action<Parcel> Commit { get; set; } = _ => { };
}

/// <summary>Does what the test wants, then sends the parcel on.</summary>
public sealed class Forward(Depot depot) : IStep<Parcel>, IOnExhausted<Parcel>
{
    public async Task<Effects> HandleAsync(Parcel message, CancellationToken cancellation)
    {
        depot.Seen.Enqueue($"forward {message.Name}");
        depot.Correlations.Enqueue(Correlation.Current);
        await depot.Work(message, cancellation);
        return new Effects()
            .Send(new ParcelForwarded(message.Name))
            .Change(_ =>
            {
                depot.Commit(message);
                return Task.CompletedTask;
            });
    }

    public Effects Exhausted(Parcel message, Exception reason) => new Effects().Send(new ParcelForwarded($"lost {message.Name}"));
}

/// <summary>Another subscription to parcels.</summary>
public sealed class Count(Depot depot) : IStep<Parcel>
{
    public Task<Effects> HandleAsync(Parcel message, CancellationToken cancellation)
    {
        depot.Seen.Enqueue($"count {message.Name}");
        return Task.FromResult(Effects.None);
    }
}

/// <summary>The end of the way.</summary>
public sealed class Deliver(Depot depot) : IStep<ParcelForwarded>
{
    public Task<Effects> HandleAsync(ParcelForwarded message, CancellationToken cancellation)
    {
        depot.Seen.Enqueue($"deliver {message.Name}");
        depot.Correlations.Enqueue(Correlation.Current);
        return Task.FromResult(Effects.None);
    }
}
