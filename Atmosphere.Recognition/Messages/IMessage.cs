namespace Atmosphere.Recognition.Messages;

/// <summary>A message between steps: a command or an event. A sealed record of ids, never of pixels, vectors or names.</summary>
public interface IMessage
{
    /// <summary>
    /// Messages of one queue with the same key are handled one at a time in the order they were sent; null: in any order.
    /// </summary>
    string? OrderKey => null;
}
