namespace Atmosphere.Recognition.Messages;

/// <summary>Something that a step asks for or tells. A sealed record of keys: never pixels, vectors or names.</summary>
public interface IMessage
{
    /// <summary>Messages of one queue with the same key are handled one after the other, in the order they were sent; null: in any order.</summary>
    string? OrderKey => null;
}
